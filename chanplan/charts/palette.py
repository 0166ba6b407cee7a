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
# What is written on a light hue; the ink of a page is too pale for small figures there.
DEEP = "#11161d"
# The second round of colours, for the thirteenth member on: the same hues, lighter.
LIGHTER = 0.45
# More members than this share colours: then colour tells nobody apart.
MOST_COLOURS = 2 * len(HUES)
# How strong the faintest tint of a diverging scale is: still seen to be one.
LEAST_TINT = 0.18
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


def diverging(strength: float, look: Look) -> str:
    """From the second hue (−1) over next to nothing (0) to the first (1): orange and blue are
    told apart by every eye, and neither judges."""
    hue = HUES[0] if strength >= 0 else HUES[1]
    part = LEAST_TINT + (1 - LEAST_TINT) * min(abs(strength), 1.0)
    return mixed(look.edge, hue, part)


def quiet(look: Look) -> str:
    """The ground of a cell that says nothing."""
    return mixed(look.edge, look.grid, 0.5)


def on(ground: str) -> str:
    """White or deep ink, whichever is read better on a ground: 4.5 to 1 at least on every hue."""
    return max(("#ffffff", DEEP), key=lambda ink: contrast(ink, ground))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _parts(colour))
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def mixed(one: str, other: str, part: float) -> str:
    """`part` of the other colour in the one."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def lighter(colour: str, by: float) -> str:
    """A hex colour moved towards white; by 0 is itself, by 1 is white."""
    return mixed(colour, "#ffffff", by)
