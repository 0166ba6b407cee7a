"""What a page of targets says of days that count for several: which event, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chanplan.analysis.pace_events import ByMember, Weight
from chanplan.ui import figure
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say

# Members whose own weights are told in one sentence.
MOST_NAMES: Final = 4


def said(worth: ByMember) -> str | None:
    """双11（10月20日–11月14日）一天算 3.2 个平常日 …; None where every day is one."""
    told = [_event(worth, each) for each in worth.whole]
    return say("targets.weighted", events=say("targets.also").join(told)) if told else None


def _event(worth: ByMember, whole: Weight) -> str:
    write, event = figures(), whole.event
    return say(
        "targets.weighted_event",
        name=say(f"events.{event.code}"),
        first=write.date(event.start),
        last=write.date(event.last),
        times=write.exact(whole.times),
        years=say("crumbs.join").join(write.year(year) for year in whole.years),
    ) + _members(worth, whole)


def _members(worth: ByMember, whole: Weight) -> str:
    """The members whose days are worth most by their own history."""
    own = [
        (name, weight)
        for name, weights in worth.of.items()
        for weight in weights
        if weight.event == whole.event and name is not None
    ]
    if not own or worth.level is None:
        return ""
    most = sorted(own, key=lambda pair: -pair[1].times)[:MOST_NAMES]
    return say("targets.weighted_own", names=say("crumbs.join").join(_named(worth.level, most)))


def _named(level: str, most: Sequence[tuple[str, Weight]]) -> list[str]:
    names = figure.names_of(level, [name for name, _ in most])
    return [
        say("targets.weighted_of", name=plain(name), times=figures().exact(weight.times))
        for name, (_, weight) in zip(names, most, strict=True)
    ]
