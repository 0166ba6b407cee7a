"""Partners that the company has moved: where their lines count now, and where they did then.

D1 sells 100 a month in 华东 from January to June 2024, 150 a month from July to December, D2 sells
40 a month in 华东 and 10 in 华南, D3 70 a month in 华南, all the year. The files say so throughout.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import ATTRIBUTE_VIEWS, AttributeView, Scope
from chanplan.metrics.catalogue import catalogue
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


def test_taken_back_it_is_as_before(space: Workspace) -> None:
    before = by(space, "current", "region")
    batch = bring(space, "经销商.csv", MOVED)
    space.switch(batch, False)
    assert by(space, "current", "region") == by(space, "then", "region") == before
    assert not space.is_dated()


@pytest.mark.parametrize(
    ("table", "moves"),
    [
        # A description, with a date or without, moves nothing, even where the file disagrees.
        ("D1,一号,,华北,\n", False),
        ("D1,一号,,华北,2023-01-01\n", False),
        # A single word amid its sales, which all lay elsewhere.
        ("D1,一号,,华北,2024-07-01\n", True),
        # The same place once more, or of one that sells in several.
        ("D1,一号,,华东,2024-07-01\n", False),
        ("D2,二号,,华东,2024-07-01\n", False),
        # Both words from before its sales began.
        ("D1,一号,,华东,2022-01-01\nD1,一号,,华北,2023-01-01\n", False),
        # Of one that sells in several, a second word.
        ("D2,二号,,华东,\nD2,二号,,华北,2024-07-01\n", True),
    ],
)
def test_only_a_change_amid_its_sales_moves_a_partner(
    space: Workspace, table: str, moves: bool
) -> None:
    before = by(space, "current", "region")
    bring(space, "经销商.csv", PARTNERS + table)
    assert (by(space, "current", "region") != before) is moves
    assert (by(space, "then", "region") != before) is moves


def test_before_its_first_dated_word_the_file_stands(space: Workspace) -> None:
    bring(space, "经销商.csv", PARTNERS + "D2,二号,,华东,\nD2,二号,,华北,2024-07-01\n")
    half = Period(202401, 202406)
    assert by(space, "then", "region", period=half)[("华南",)] == 6 * (70 + 10)
    assert by(space, "current", "region", period=half)[("华南",)] == 6 * 70


def test_totals_are_equal_under_both_views(space: Workspace) -> None:
    """Every measure of the lines by every dimension; distinct counts stand once in either."""
    bring(space, "经销商.csv", MOVED)
    bring(space, "渠道.csv", "渠道,渠道大类,生效日期\n直营,大客户,\n直营,直控,2024-10-01\n")
    shown = [m.name for m in catalogue().shown() if not m.beside and not m.over]
    for name in catalogue().dimensions:
        sums = {
            view: space.ask(MetricQuery(tuple(shown), Scope(YEAR, attributes=view), (name,))).frame
            for view in ATTRIBUTE_VIEWS
        }
        for measure in shown:
            if catalogue().measures[measure].additive:
                totals = {view: sum(sums[view][measure].dropna()) for view in ATTRIBUTE_VIEWS}
                assert totals["current"] == totals["then"], (measure, name)
    for view in ATTRIBUTE_VIEWS:
        for by_region in (False, True):
            scope = Scope(YEAR, attributes=view)
            found = space.ask(
                MetricQuery(("orders", "active_customers"), scope, ("region",) * by_region)
            ).frame
            told = {"orders": 48, "active_customers": 3} if not by_region else None
            if told:
                assert found.iloc[0].to_dict() == told
            elif view == "current":
                rows = {row[0]: tuple(row[1:]) for row in found.itertuples(index=False)}
                assert rows == {"华东": (12, 1), "华中": (12, 1), "华南": (24, 2)}
            else:
                rows = {row[0]: tuple(row[1:]) for row in found.itertuples(index=False)}
                assert rows == {"华东": (18, 2), "华中": (6, 1), "华南": (24, 2)}
