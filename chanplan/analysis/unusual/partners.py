"""Partners that order less (or more) often than they did, or too much at the ends of quarters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from chanplan.analysis.unusual.candidate import Tried, Unusual, large_enough, limit
from chanplan.analysis.unusual.judging import on_scale
from chanplan.analysis.unusual.steps import STEPS_A_YEAR, Mask, Numbers
from chanplan.analysis.unusual.tables import Tables

# Steps of the year that end a quarter (March, June, September, December), and those after.
QUARTER_ENDS = (1, 4, 7, 10)
AFTER = (2, 5, 8, 0)
# A partner whose history already swings half as much does so by habit.
HABIT = 0.5
# Orders below which an ordinary number of them cannot be told.
LEAST_ORDERS = 12


def orders(tables: Tables) -> Tried:
    """Whose part of its channel's orders is not what it was.

    The signed root of the likelihood ratio of two binomial shares (Wilks 1938), divided by the
    root of the history's own dispersion where that exceeds one (McCullagh & Nelder 1989, §4.5).
    """
    kept, money, length = _kept(tables), tables.partners, len(tables.over.history)
    if not kept.any() or not len(tables.orders):
        return 0, []
    count = tables.orders.reindex(money.index).fillna(0.0)
    of = count.groupby(level="channel").transform("sum").to_numpy(float)
    counts, paid = count.to_numpy(float), money.to_numpy(float)
    in_channel = money.groupby(level="channel").transform("sum").to_numpy(float)
    alone = np.isclose(counts.sum(axis=1), of.sum(axis=1))
    few = counts[:, :length].sum(axis=1) < LEAST_ORDERS
    kept = kept & ~alone & ~few
    root = _root(counts, of, length) / np.sqrt(_dispersion(counts[:, :length], of[:, :length]))
    reach, found = limit("orders", int(kept.sum())), []
    for at in np.flatnonzero(kept & (np.abs(root) >= reach)):
        before, now = counts[at, :length].sum(), counts[at, length:].sum()
        usual = before / of[at, :length].sum() * of[at, length:].sum()
        scale = reach * np.sqrt(max(usual, 1.0))
        whole = in_channel[at, :length].sum()
        expected = paid[at, :length].sum() / whole * in_channel[at, length:].sum()
        change = float(paid[at, length:].sum() - expected)
        values = {
            "actual": now,
            "expected": usual,
            "low": max(usual - scale, 0.0),
            "high": usual + scale,
            "t": root[at],
            "tests": float(kept.sum()),
        }
        found.append(_unusual("orders", money, int(at), change, abs(root[at]) / reach, values))
    told = [each for each in found if each.money * each.values["t"] > 0]
    return int(kept.sum()), told


def rhythm(tables: Tables) -> Tried:
    """Who buys at quarters' ends what it does not buy in the months after (压货).

    The contrast of the last eleven steps, on the scale of `judging`, against the scatter of the
    history; and more than twice what the history swings by habit.
    """
    over, money = tables.over, tables.partners
    at = np.array([*over.history, *over.scope])
    late = at >= over.end - STEPS_A_YEAR
    ends, after = np.isin(at % STEPS_A_YEAR, QUARTER_ENDS), np.isin(at % STEPS_A_YEAR, AFTER)
    here = at >= over.now
    kept = _kept(tables)
    if not kept.any() or not (here & (ends | after)).any():
        return 0, []
    paid, of = money.to_numpy(float), money.groupby(level="channel").transform("sum")
    whole = of.to_numpy(float)
    scaled = on_scale(np.divide(paid, whole, out=np.zeros_like(paid), where=whole > 0))
    swing, habit = (
        scaled[:, ends & part].mean(axis=1) - scaled[:, after & part].mean(axis=1)
        for part in (late, ~late)
    )
    past = scaled[:, ~late]
    error = _scatter(past, kept, money.index.get_level_values("channel"))
    error = error * np.sqrt(1 / (ends & late).sum() + 1 / (after & late).sum())
    t = np.divide(swing, error, out=np.zeros_like(swing), where=error > 0)
    reach, found = limit("rhythm", int(kept.sum()), 2 * (past.shape[1] - 1)), []
    for row in np.flatnonzero(kept & (t >= reach) & (habit <= HABIT * swing)):
        usual = paid[row, ~late].sum() / whole[row, ~late].sum() * whole[row]
        gap = paid[row] - usual
        values = {
            "actual": paid[row, ends & late].sum(),
            "expected": usual[ends & late].sum(),
            "after": paid[row, after & late].sum(),
            "usual_after": usual[after & late].sum(),
            "t": t[row],
            "tests": float(kept.sum()),
        }
        told = gap[here & (ends | after)].sum()
        found.append(_unusual("rhythm", money, int(row), float(told), t[row] / reach, values))
    return int(kept.sum()), found


def _kept(tables: Tables) -> Mask:
    paid, length = tables.partners.to_numpy(float), len(tables.over.history)
    if not len(paid):
        return np.zeros(0, dtype=bool)
    named = np.array([bool(key[-1]) for key in tables.partners.index])
    whole = paid[:, :length].sum(axis=1)
    kept: Mask = large_enough(whole, whole) & named
    return kept


def _root(counts: Numbers, of: Numbers, length: int) -> Numbers:
    """Signed root of 2·log likelihood ratio of the scope's share against the history's."""
    sides = [(counts[:, part].sum(axis=1), of[:, part].sum(axis=1)) for part in (
        slice(length, None), slice(0, length))]  # fmt: skip
    both = sum(count for count, _ in sides) / np.maximum(sum(size for _, size in sides), 1)
    deviance = sum(_deviance(count, size, both) for count, size in sides)
    now, before = (count / np.maximum(size, 1) for count, size in sides)
    return np.asarray(np.sign(now - before) * np.sqrt(np.maximum(deviance, 0.0)))


def _deviance(count: Numbers, size: Numbers, share: Numbers) -> Numbers:
    def part(seen: Numbers, usual: Numbers) -> Numbers:
        ratio = np.divide(seen, usual, out=np.ones_like(seen), where=(usual > 0) & (seen > 0))
        return seen * np.log(ratio)

    return np.asarray(2 * (part(count, size * share) + part(size - count, size * (1 - share))))


def _dispersion(counts: Numbers, of: Numbers) -> Numbers:
    share = counts.sum(axis=1) / np.maximum(of.sum(axis=1), 1)
    usual = of * share[:, None]
    scale = usual * (1 - share[:, None])
    squares = np.divide((counts - usual) ** 2, scale, out=np.zeros_like(usual), where=scale > 0)
    return np.asarray(np.maximum(squares.sum(axis=1) / max(counts.shape[1] - 1, 1), 1.0))


def _scatter(past: Numbers, kept: Mask, channels: pd.Index) -> Numbers:
    """Half a partner's own, half that of its channel: on this scale they scatter alike."""
    own = past.var(axis=1, ddof=1)
    siblings = pd.Series(np.where(kept, own, np.nan)).groupby(np.asarray(channels))
    return np.asarray(np.sqrt((own + siblings.transform("mean").fillna(0.0).to_numpy()) / 2))


def _unusual(
    rule: str, table: pd.DataFrame, at: int, money: float, ratio: float, values: dict[str, float]
) -> Unusual:
    channel, partner = table.index[at]
    return Unusual(rule, (("partner", partner),), money, ratio, values, (("channel", channel),))
