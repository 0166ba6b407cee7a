"""What a page of targets says of days that count for several: which event, and how many."""

from __future__ import annotations

from typing import Final

from chanplan.analysis.pace_events import ByMember, Weight
from chanplan.ui import figure
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say

# Members whose own weights are told in one sentence.
MOST_NAMES: Final = 4


def weight(worth: ByMember) -> str | None:
    """双11 一天算几个平常日：合计 1.8、天猫 3.2 …; None where every day is one."""
    every = [*worth.whole, *(weight for weights in worth.of.values() for weight in weights)]
    known = dict.fromkeys(weight.event for weight in every)
    told = [_event(worth, [each for each in every if each.event == event]) for event in known]
    return say("targets.weighted", events=say("targets.also").join(told)) if told else None


def _event(worth: ByMember, every: list[Weight]) -> str:
    write, event = figures(), every[0].event
    years = sorted({year for each in every for year in each.years})
    return say(
        "targets.weighted_event",
        name=say(f"events.{event.code}"),
        first=write.date(event.start),
        last=write.date(event.last),
        years=say("crumbs.join").join(write.year(year) for year in years),
        times=say("crumbs.join").join(_times(worth, every[0])),
    )


def _times(worth: ByMember, of: Weight) -> list[str]:
    """Of the whole, and of the members whose days are worth most by their own history."""
    whole = [(say("targets.whole"), each) for each in worth.whole if each.event == of.event]
    own = [
        (name, weight)
        for name, weights in worth.of.items()
        for weight in weights
        if weight.event == of.event and name is not None
    ]
    most = sorted(own, key=lambda pair: -pair[1].times)[:MOST_NAMES]
    names = figure.names_of(worth.level or "", [name for name, _ in most]) if most else []
    named = [(plain(name), weight) for name, (_, weight) in zip(names, most, strict=True)]
    return [
        say("targets.weighted_of", name=name, times=figures().exact(weight.times))
        for name, weight in (*whole, *named)
    ]
