"""The words on a figure, in the reader's language, given from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from unicodedata import east_asian_width

from chanplan.analysis.arithmetic import Member

# How wide a name may be on an axis, in half-width characters, before it is shortened; on a
# phone more would leave no room for the bars. The hover text has the whole name.
WIDEST_NAME = 16
# Three legend entries stand side by side on a phone with names of this width.
WIDEST_IN_LEGEND = 10


@dataclass(frozen=True)
class Words:
    """Labels of a figure. `others` may hold {count}; `labels` names members by their key.

    `growth` says against what: 同比 or 环比; `base` names the period compared with.
    """

    measure: str
    total: str
    share: str
    growth: str
    base: str
    change: str
    share_change: str
    contribution: str
    others: str
    missing: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def name(self, member: Member, is_others: bool = False, count: int = 1) -> str:
        """What a member is called, safe to put into a figure (Plotly reads some HTML)."""
        if is_others:
            return escape(self.others.format(count=count), quote=False)
        if member is None:
            return escape(self.missing, quote=False)
        return escape(self.labels.get(member, member), quote=False)

    def short_name(
        self, member: Member, is_others: bool = False, count: int = 1, widest: int = WIDEST_NAME
    ) -> str:
        """The same, shortened in its middle to fit beside a bar or in a legend."""
        if is_others or member is None:
            return self.name(member, is_others, count)
        return escape(shortened(self.labels.get(member, member), widest), quote=False)


def width(text: str) -> int:
    """Half-width columns a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def shortened(text: str, widest: int = WIDEST_NAME) -> str:
    """The text, or its beginning and its end: shop names often differ only at the end."""
    if width(text) <= widest:
        return text
    tail = ""
    while width(tail) < widest // 3:
        tail = text[-len(tail) - 1] + tail
    head = text
    while width(head) + width(tail) + 1 > widest:
        head = head[:-1]
    return f"{head.rstrip()}…{tail.lstrip()}"


def wrapped(text: str, widest: int) -> str:
    """A title broken at most every `widest` columns: between words, anywhere in Chinese."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > widest:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return "<br>".join(escape(each, quote=False) for each in [*lines, line.rstrip()] if each)


# Signs that may not begin a line.
CLOSING = "，。；：、！？）》”%,.;:!?)"


def _pieces(text: str) -> list[str]:
    """Where a line may break: after a space, around a wide character."""
    pieces: list[str] = []
    for letter in text:
        after = pieces[-1][-1] if pieces else " "
        free = after == " " or width(after) == 2 or width(letter) == 2
        if pieces and (letter in CLOSING or letter == " " or not free):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
