"""From what is beyond its range to findings: one per cause, ranked, the largest few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chanplan.analysis.unusual import levels, partners, prices
from chanplan.analysis.unusual.asking import Sources, tables
from chanplan.analysis.unusual.candidate import LEAST_MONEY, OTHERS, Tried, Unusual
from chanplan.analysis.unusual.tables import Tables
from chanplan.domain.period import Period

# More is no longer "what matters most".
MOST_FINDINGS = 5
# Two that move alike are one cause when the smaller's money is so much of the larger's.
SAME_MONEY = 0.6


@dataclass(frozen=True)
class Report:
    """What is unusual, most important first.

    tests    how many tests were made
    silence  the code of why there is none: nothing unusual, or nothing that could be judged
    """

    findings: tuple[Unusual, ...]
    tests: int
    silence: str | None = None


def find(sources: Sources, period: Period) -> Report:
    """The unusual of a scope, at most MOST_FINDINGS.

    In: the answers of `asking.asked`. The greatest is taken, its lines are taken out, and
    the rest is judged again: what was only its shadow is ordinary then.
    """
    entire = known = tables(sources, period)
    if entire is None or known is None:
        january = period.first == period.last and period.last % 100 == 1
        return Report((), 0, "unusual_january" if january else "unusual_short")
    whole = float(known.cells.iloc[:, len(known.over.history) :].to_numpy(float).sum())
    tests, repriced = prices.prices(known.items, whole, sources.group)
    # What is new, repriced or miscounted is so whatever else is taken out: judged once.
    plain = [*levels.arrivals(known), *prices.units(known.items, whole), *repriced]
    chosen: list[Unusual] = []
    made, moved = _judged(known)
    while len(chosen) < 2 * MOST_FINDINGS:
        told = [*moved, *plain]
        heavy = [each for each in told if abs(each.money) >= LEAST_MONEY * whole]
        fresh = [each for each in heavy if not any(_told(each, one) for one in chosen)]
        chosen, mirrored = _mirrors(chosen, fresh)
        fresh = [each for each in fresh if each not in mirrored]
        if not fresh:
            break
        best = _nearest(max(fresh, key=lambda each: each.weight), fresh)
        chosen.append(best)
        if best.rule not in ("price", "unit"):  # these leave sales where they are
            known = known.without(best.where)
            _, moved = _judged(known)
    ranked = sorted(chosen, key=lambda each: (-each.weight, each.where))
    silence = None if ranked else "unusual_none"
    findings = tuple(_entire(each, entire) for each in ranked[:MOST_FINDINGS])
    return Report(findings, tests + made, silence)


def _entire(each: Unusual, entire: Tables) -> Unusual:
    """With the lines that another finding took out, as ordinary ones: the figure of the pages."""
    if each.rule != "level" or each.where[-1][1] == OTHERS:
        return each
    apart = entire.sold(each.where) - each.values["actual"]
    names = ("actual", "expected", "low", "high")
    return replace(each, values={**each.values, **{n: each.values[n] + apart for n in names}})


RULES = (levels.levels, partners.orders, partners.rhythm)


def _judged(known: Tables) -> Tried:
    tried = [rule(known) for rule in RULES]
    return sum(tests for tests, _ in tried), [each for _, found in tried for each in found]


def _nearest(best: Unusual, others: Sequence[Unusual]) -> Unusual:
    """A part of these lines that holds most of their money, and is more unusual, is the cause."""
    inner = [
        each
        for each in others
        if set(best.lines.items()) < set(each.lines.items())
        and each.rule == best.rule
        and each.money * best.money > 0
        and abs(each.money) >= SAME_MONEY * abs(best.money)
        and each.ratio > best.ratio
    ]
    return max(inner, key=lambda each: each.ratio, default=best)


def _told(each: Unusual, chosen: Unusual) -> bool:
    """Whether a chosen finding has said this already."""
    if (each.rule, each.where) == (chosen.rule, chosen.where):
        return True
    mine, theirs = each.lines, chosen.lines
    if each.rule == chosen.rule == "new" and set(chosen.where) <= set(mine.items()):
        return True  # all that a new channel has is new
    apart = any(theirs.get(dimension, member) != member for dimension, member in mine.items())
    if apart or each.money * chosen.money <= 0:
        return False
    small, large = sorted((abs(each.money), abs(chosen.money)))
    related = bool(mine.items() & theirs.items()) or each.rule == chosen.rule == "level"
    return related and small >= SAME_MONEY * large


def _mirrors(
    chosen: Sequence[Unusual], fresh: Sequence[Unusual]
) -> tuple[list[Unusual], list[Unusual]]:
    """What one member wins another of the same dimension loses: told with the larger."""
    kept, mirrored = list(chosen), []
    for at, one in enumerate(kept):
        for each in fresh:
            same = [name for name, _ in each.where] == [name for name, _ in one.where]
            opposite = each.money * one.money < 0 and abs(each.money) <= abs(one.money)
            if same and opposite and each.rule == "level" and one.rule in ("level", "new"):
                mirrored.append(each)
                if not one.mirror:
                    values = {**one.values, "mirrored": each.money}
                    kept[at] = one = replace(one, mirror=each.where, values=values)
    return kept, mirrored
