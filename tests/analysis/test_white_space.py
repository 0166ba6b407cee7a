"""White space by hand: who is alike, what they sell, times this channel's sales."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from chanplan.analysis import cells, white_space
from chanplan.analysis.fit_story import fit_story
from tests.analysis.test_fit import indexed

D = Decimal
# A, B and C share their mix of y and z (half and half); C does not sell x. D sells z alone.
BOOK = (
    ("A", "x", 20), ("A", "y", 40), ("A", "z", 40),
    ("B", "x", 60), ("B", "y", 70), ("B", "z", 70),
    ("C", "y", 25), ("C", "z", 25),
    ("D", "x", 90), ("D", "z", 10),
)  # fmt: skip


def mixes(*rows: tuple[str, str, int]) -> dict[str, dict[str | None, Decimal]]:
    found: dict[str, dict[str | None, Decimal]] = {}
    for channel, item, value in rows:
        found.setdefault(channel, {})[item] = D(value)
    return found


def spaces(table: pd.DataFrame, *rows: tuple[str, str, int]) -> list[dict[str, Any]]:
    within: dict[str, str | None] = {item: item for item in "xyz"}
    return cells.records(white_space.white_space(table, mixes(*rows), within))


def test_the_overlap_of_two_mixes() -> None:
    one, other = mixes(("a", "x", 30), ("a", "y", 70), ("b", "x", 60), ("b", "z", 40)).values()
    assert white_space.overlap(one, other, None) == pytest.approx(0.3)
    assert white_space.overlap(one, other, "y") == pytest.approx(0.6)  # all x against 60 % x
    assert white_space.overlap(one, one, "x") == pytest.approx(1.0)
    assert white_space.overlap(one, {"y": D(-5)}, None) == 0.0


def test_sized_by_the_channels_alike() -> None:
    found = [row for row in spaces(indexed(*BOOK), *BOOK) if row["item"] == "x"]
    (told,) = found
    assert told["channel"] == "C" and told["value"] == 0
    # A has 20 of 100, B 60 of 200: together 80 of 300; D's mix without x is z alone: overlap 0.5
    assert [peer.channel for peer in told["peers"]] == ["A", "B"]
    assert [peer.share for peer in told["peers"]] == [D("0.2"), D("0.3")]
    assert told["peer_share"] == D(80) / D(300)
    assert told["size"] == D(80) / D(300) * 50 and told["sales"] == 50
    assert (told["low"], told["high"]) == (D(10), D(15))


def test_fewer_than_two_alike_say_nothing() -> None:
    book = [row for row in BOOK if row[0] != "B"]
    assert [row for row in spaces(indexed(*book), *book) if row["item"] == "x"] == []


def test_a_channel_that_sells_some_needs_to_be_surely_and_far_below() -> None:
    book = [*BOOK, ("C", "x", 4)]  # 4 of 54: 7 %, far below 27 %
    table = indexed(*book)
    assert [row for row in spaces(table, *book) if row["item"] == "x"] == []  # not judged
    sure = table.assign(verdict="weak")
    (told,) = [r for r in spaces(sure, *book) if (r["channel"], r["item"]) == ("C", "x")]
    assert told["size"] == D(80) / D(300) * 54 - 4
    more = [*BOOK, ("C", "x", 10)]  # 10 of 60: 17 %, more than half of 27 %
    again = indexed(*more).assign(verdict="weak")
    assert [r for r in spaces(again, *more) if (r["channel"], r["item"]) == ("C", "x")] == []


def test_what_is_below_the_floor_is_left_out() -> None:
    giant = [*BOOK, ("E", "w", 10_000_000)]
    assert spaces(indexed(*giant), *giant) == []


def test_the_story_tells_the_largest() -> None:
    table = indexed(*BOOK)
    found = white_space.white_space(table, mixes(*BOOK), {item: item for item in "xyz"})
    told = fit_story(table, found, "category")
    assert [each.code for each in told] == ["fit_ordinary", "fit_space_unsold"]
    assert told[1].values["member"] == "C" and told[1].values["count"] == 2
