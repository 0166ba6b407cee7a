"""Colours: a member keeps its own wherever it appears, and good is told from bad."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chanplan.analysis.arithmetic import Member

# Twelve hues that stand at least 3 : 1 off both backgrounds, as WCAG asks of graphics. Within that
# narrow band their lightness differs as far as it can, so that eyes without green cones tell them
# apart too; none is the green or red that judges. A test holds all three.
HUES = (
    "#0b65c7",
    "#c05505",
    "#0c9a86",
    "#944faf",
    "#a49503",
    "#e268b2",
    "#4d8fc9",
    "#b38a74",
    "#646d00",
    "#9482fe",
    "#915f5d",
    "#396e7b",
)
# The second round of colours, for the thirteenth member on: the same hues, lighter.
LIGHTER = 0.45
# More members than this share colours: then colour tells nobody apart.
MOST_COLOURS = 2 * len(HUES)
OTHERS = "#868d99"
MISSING = "#c2c7cf"


@dataclass(frozen=True)
class Look:
    """What differs between a light and a dark page. Backgrounds are always transparent.

    `edge` is the page's own colour, for what must look like a gap.
    """

    ink: str
    faint: str
    grid: str
    zero: str
    good: str
    bad: str
    hover: str
    edge: str

    def swapped(self) -> Look:
        """Red for good and green for bad, as Chinese stock screens have it."""
        return replace(self, good=self.bad, bad=self.good)


LIGHT = Look("#1f2733", "#667085", "#e8ebf0", "#aab2bf", "#157a4d", "#c93c48", "#ffffff", "#ffffff")
DARK = Look("#e6e9ef", "#98a2b3", "#2a313d", "#5b6575", "#3fbf86", "#f0717a", "#1b222d", "#14191c")


def colours(order: Sequence[Member]) -> dict[Member, str]:
    """A colour for every member of a stable order (all members of the store, not this answer's).

    The same order gives the same colours on every page; "not stated" is always grey.
    """
    named = [member for member in order if member is not None]
    found: dict[Member, str] = {member: _hue(at) for at, member in enumerate(named)}
    return found | {None: MISSING}


def in_bars(order: Sequence[Member]) -> dict[Member, str]:
    """The same for bars that carry their names: one hue where colours would come twice."""
    if len(order) <= MOST_COLOURS:
        return colours(order)
    return dict.fromkeys(order, HUES[0]) | {None: MISSING}


def colour_of(member: Member, is_others: bool, known: Mapping[Member, str]) -> str:
    """The member's colour; grey for others, and for a member that the order did not name."""
    return OTHERS if is_others else known.get(member, OTHERS)


def _hue(at: int) -> str:
    hue = HUES[at % len(HUES)]
    return hue if at // len(HUES) % 2 == 0 else lighter(hue, LIGHTER)


def lighter(colour: str, by: float) -> str:
    """A hex colour moved towards white; by 0 is itself, by 1 is white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * by):02x}" for part in parts)
