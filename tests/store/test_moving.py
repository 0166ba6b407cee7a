"""Partners that the company has moved: where their lines count now, and where they did then.

D1 sells 100 a month in 华东 from January to June 2024, 150 a month from July to December, D2 sells
40 a month in 华东 and 10 in 华南, D3 70 a month in 华南, all the year. The files say so throughout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.names import Pair
from chanplan.domain.period import Period
from chanplan.domain.scope import ATTRIBUTE_VIEWS, AttributeView, Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.store.test_attributes import bring

YEAR = Period(202401, 202412)
HEAD = "销售日期,渠道,经销商,大区,产品,品类,客户,订单号,数量,金额\n"


def line(month: int, partner: str, region: str, amount: int, product: str = "茶") -> str:
    names = f"经销,{partner},{region},{product},饮料,客{partner},{partner}{month}{region}"
    return f"2024-{month:02d}-15,{names},1,{amount}\n"


SALES = HEAD + "".join(
    line(month, "D1", "华东", 100 if month < 7 else 150)
    + line(month, "D2", "华东", 40)
    + line(month, "D2", "华南", 10, "枣")
    + line(month, "D3", "华南", 70)
    for month in range(1, 13)
)
PARTNERS = "经销商编码,经销商名称,渠道,大区,生效日期\n"
MOVED = PARTNERS + "D1,一号,,华东,\nD1,一号,直营,华中,2024-07-01\n"


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path) as opened:
        bring(opened, "销售.csv", SALES)
        yield opened


def by(
    space: Workspace, view: AttributeView, *dimensions: str, period: Period = YEAR
) -> dict[tuple[str | None, ...], Decimal]:
    scope = Scope(period, attributes=view)
    found = space.ask(MetricQuery(("net_sales",), scope, dimensions)).frame
    return {
        tuple(row[:-1]): row[-1] for row in found.itertuples(index=False) if row[-1] is not None
    }


def test_a_moved_partner_counts_where_it_is_now_or_where_it_was_then(space: Workspace) -> None:
    bring(space, "经销商.csv", MOVED)
    assert space.is_dated()
    assert by(space, "current", "region") == {("华东",): 480, ("华中",): 1500, ("华南",): 960}
    then = {("华东",): 600 + 480, ("华中",): 900, ("华南",): 960}
    assert by(space, "then", "region") == then
    assert by(space, "current", "channel") == {("经销",): 1440, ("直营",): 1500}
    assert by(space, "then", "channel") == {("经销",): 2040, ("直营",): 900}
    assert "华中" in space.members("region")
    # Summaries without partners cannot tell; lines can.
    assert by(space, "then", "region", "category")[("华中", "饮料")] == 900
    kept = Scope(YEAR, attributes="then").only("region", "华中")
    assert space.sum_of_lines(kept) == (6, Decimal(900))
    assert set(space.lines(kept, 100)["region"]) == {"华中"}


def test_a_place_goes_by_its_matched_name(space: Workspace) -> None:
    """华南 goes by 南区: a table that calls it as the files do moves to where its lines stand."""
    space.names.match("accept", [Pair("region", "华南", "南区")])
    bring(space, "一.csv", PARTNERS + "D3,三号,,南区,\nD3,三号,,华南,2024-07-01\n")
    assert not space.is_dated()
    bring(space, "二.csv", PARTNERS + "D1,一号,,华南,2024-07-01\n")
    assert by(space, "current", "region") == {("华东",): 480, ("南区",): 120 + 840 + 1500}


def test_taken_back_it_is_as_before(space: Workspace) -> None:
    before = by(space, "current", "region")
    batch = bring(space, "经销商.csv", MOVED)
    space.switch(batch, False)
    assert by(space, "current", "region") == by(space, "then", "region") == before
    assert not space.is_dated()


# A table of partners, and whether it moves anybody.
MOVES = {
    # A description, with a date or without, moves nothing, even where the file disagrees.
    "D1,一号,,华北,\n": False,
    "D1,一号,,华北,2023-01-01\n": False,
    # A single word amid its sales, which all lay elsewhere.
    "D1,一号,,华北,2024-07-01\n": True,
    # The same place once more, or of one that sells in several.
    "D1,一号,,华东,2024-07-01\n": False,
    "D2,二号,,华东,2024-07-01\n": False,
    # Both words from before its sales began.
    "D1,一号,,华东,2022-01-01\nD1,一号,,华北,2023-01-01\n": False,
    # Of one that sells in several, a second word.
    "D2,二号,,华东,\nD2,二号,,华北,2024-07-01\n": True,
}


def test_only_a_change_amid_its_sales_moves_a_partner(space: Workspace) -> None:
    before = by(space, "current", "region")
    for table, moves in MOVES.items():
        batch = bring(space, "经销商.csv", PARTNERS + table)
        for view in ATTRIBUTE_VIEWS:
            assert (by(space, view, "region") != before) is moves, (table, view)
        space.switch(batch, False)


def test_before_its_first_dated_word_the_file_stands(space: Workspace) -> None:
    bring(space, "经销商.csv", PARTNERS + "D2,二号,,华东,\nD2,二号,,华北,2024-07-01\n")
    half = Period(202401, 202406)
    assert by(space, "then", "region", period=half)[("华南",)] == 6 * (70 + 10)
    assert by(space, "current", "region", period=half)[("华南",)] == 6 * 70


def test_distinct_counts_stand_once_in_either_view(space: Workspace) -> None:
    bring(space, "经销商.csv", MOVED)
    counts = {
        "current": {"华东": (12, 1), "华中": (12, 1), "华南": (24, 2)},
        "then": {"华东": (18, 2), "华中": (6, 1), "华南": (24, 2)},
    }
    for view in ATTRIBUTE_VIEWS:
        asked = MetricQuery(("orders", "active_customers"), Scope(YEAR, attributes=view))
        assert tuple(space.ask(asked).frame.iloc[0]) == (48, 3)
        found = space.ask(replace(asked, by=("region",))).frame
        assert {row[0]: tuple(row[1:]) for row in found.itertuples(index=False)} == counts[view]
