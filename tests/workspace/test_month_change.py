"""Reported, change, now of a closed month: every part of the change by its deed, to the cent.

January when closed: 甲 100, 乙 30 (流水, batch 1). Since: 京东 7 late and posted to February;
then the month is opened because "甲重报", and 甲 told anew as 90, 拼多多 brings 5.
"""

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.domain.errors import ClosingError, MonthClosedError
from chanplan.domain.names import Pair
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.store import checksums, snapshots
from chanplan.workspace import Workspace
from chanplan.workspace.closing import Difference
from tests.stores import empty

D = Decimal
HEAD = "渠道,经销商,日期,订单编号,客户名称,产品名称,金额\n"
FIRST = HEAD + "经销,甲,2024-01-03,A1,张,茶,100\n经销,乙,2024-01-31,A2,李,茶,30\n"
LATE = HEAD + "京东,,2024-01-09,J1,赵,茶,7\n京东,,2024-02-29,J2,赵,茶,1\n"
AGAIN = HEAD + "经销,甲,2024-01-03,A1,王,茶,90\n"
MORE = HEAD + "拼多多,,2024-01-08,P1,钱,茶,5\n"
JANUARY = Scope(Period(202401, 202401))


def bring(space: Workspace, text: str, name: str, takes=None, late=None, note=None, **hints):
    original = space.receive(name, text.encode())
    proposal = space.inspect(original, Hints(**(hints or {"source": "流水"})))
    return space.load(original, proposal, takes, note, late)


def change(space: Workspace, measure: str = "net_sales", by=(), snap=None) -> Difference:
    found = space.closings.change(JANUARY, measure, by, snap)
    assert found is not None
    return found


def parts(found: Difference) -> dict[tuple[str, str | None], Decimal]:
    return {(row.code, row.file): row.change for row in found.parts.itertuples()}


def members(found: Difference) -> dict[str | None, tuple]:
    rows = found.members.itertuples(index=False)
    return {row[0]: (row.reported, row.change, row.now) for row in rows}


@pytest.fixture
def space(tmp_path: Path):
    with Workspace.open(tmp_path) as space:
        bring(space, FIRST, "流水.csv")
        space.closings.close(202401, reason="一月决算")
        yield space


def test_nothing_has_changed_right_after_a_closing(space: Workspace) -> None:
    found = change(space, by=("channel",))
    assert (found.reported, found.change, found.now) == (D(130), D(0), D(130))
    assert found.parts.empty and found.snapshot.reason == "一月决算"


def test_every_part_of_a_change_has_its_deed(space: Workspace) -> None:
    bring(space, LATE, "迟.csv", late="post", note="京东账单晚到")
    space.closings.reopen([202401], "甲重报")
    again = bring(space, AGAIN, "流水 重报.csv", "replace")
    bring(space, MORE, "拼多多.csv")
    found = change(space, by=("channel",))
    assert (found.reported, found.change, found.now) == (D(130), D(2), D(132))
    assert parts(found) == {
        ("restated", "流水 重报.csv"): D(-10), ("posted", "迟.csv"): D(7),
        ("imported", "拼多多.csv"): D(5),
    }  # fmt: skip
    reasons = dict(zip(found.parts["file"], found.parts["reason"], strict=True))
    assert reasons == {
        "流水 重报.csv": "甲重报", "迟.csv": "京东账单晚到", "拼多多.csv": "甲重报",
    }  # fmt: skip
    assert members(found) == {
        "经销": (D(130), D(-10), D(120)), "京东": (D(0), D(7), D(7)), "拼多多": (D(0), D(5), D(5)),
    }  # fmt: skip
    assert [reason for _, _, reason in found.openings] == ["甲重报"]
    orders = change(space, "orders")
    assert (orders.reported, orders.change, orders.now, orders.splits) == (2, 2, 4, False)
    assert change(space, "average_order").now == D(33)

    space.switch(again.batch, False)
    found = change(space)
    assert (found.change, found.now) == (D(12), D(142))
    assert ("restated", "流水 重报.csv") not in parts(found)

    space.closings.close(202401, reason="再次决算")
    newest = change(space)
    assert (newest.reported, newest.change) == (D(135), D(7))
    older = change(space, snap=1)
    assert (older.reported, older.change) == (D(130), D(12))
    with pytest.raises(ClosingError):
        change(space, snap=9)


def test_undoing_names_and_attributes_are_parts(space: Workspace) -> None:
    products = "产品编码,产品名称,品牌\n茶,茶,老牌\n"
    bring(space, products, "产品.csv", table="products")
    space.closings.reopen([202401], "合并")
    space.closings.close(202401)
    bring(space, products.replace("老牌", "新牌"), "产品 新.csv", table="products")
    found = change(space, by=("brand",))
    assert members(found) == {"老牌": (D(130), D(-130), D(0)), "新牌": (D(0), D(130), D(130))}
    assert parts(found) == {("attributes", "产品 新.csv"): D(0)}
    space.closings.reopen([202401], "同一家")
    space.names.match("accept", [Pair("partner", "乙", "甲")])
    found = change(space, by=("partner",))
    assert members(found) == {"甲": (D(100), D(30), D(130)), "乙": (D(30), D(-30), D(0))}
    assert parts(found) == {("names", None): D(0)}
    space.switch(1, False)
    found = change(space)
    assert (found.now, parts(found)) == (D(0), {("undone", "流水.csv"): D(-130)})


def test_a_month_is_closed_when_it_is_over_and_once(space: Workspace) -> None:
    for month, code in ((202401, "month_is_closed"), (202403, "month_without_lines")):
        with pytest.raises(ClosingError) as raised:
            space.closings.close(month)
        assert raised.value.code == code
    bring(space, HEAD + "京东,,2024-02-09,J1,赵,茶,7\n", "二月.csv")
    with pytest.raises(ClosingError) as raised:
        space.closings.close(202402)
    assert raised.value.code == "month_not_over"
    assert space.closings.close(202402, "flash", force=True).kind == "flash"
    assert space.closings.closed() == [202401]
    bring(space, HEAD + "京东,,2024-02-29,J3,赵,茶,1\n", "二月 补.csv")
    found = space.closings.change(Scope(Period(202402, 202402)), "net_sales")
    assert found is not None and (found.reported, found.change) == (D(7), D(1))
    with pytest.raises(ClosingError):
        space.closings.reopen([202402], None)


def test_closing_and_opening_without_a_change_leaves_every_other_table(space: Workspace) -> None:
    before = space.checksums()
    space.closings.reopen([202401], "看看")
    first = space.closings.snapshots(202401)[0]
    again = space.closings.close(202401)
    assert again.checksum == first.checksum
    moved = checksums.differing(before, space.checksums())
    assert set(moved) <= set(snapshots.OWN)


def test_a_replay_makes_the_same_snapshots_or_says_so(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, FIRST, "流水.csv")
        space.closings.close(202401)
        sums = space.checksums()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as space:
        assert space.checksums() == sums and space.closings.otherwise() == []
        [kept] = space.closings.snapshots()
    journal = tmp_path / "journal.jsonl"
    journal.write_text(journal.read_text().replace(kept.checksum, "0" * 32))
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as space:
        assert [one.month for one in space.closings.otherwise()] == [202401]


def test_a_partner_that_moved_and_a_rate_that_was_corrected(tmp_path: Path) -> None:
    """Without tax: at 13 % 113 is 100; at 9 % it is 103.67."""
    told = "渠道,经销商,大区,产品名称,日期,金额\n"
    told += "经销,甲,华东,茶,2024-01-31,113\n经销,甲,华东,茶,2024-02-03,1\n"
    rated = {"source": "流水", "tax": "with_tax", "tax_rate": "0.13"}
    moved = "经销商,大区,生效日期\n甲,华东,2023-01-01\n甲,华北,2024-02-01\n"
    without = replace(JANUARY, tax="without_tax")
    with Workspace.open(tmp_path) as space:
        bring(space, told, "流水.csv", **rated)
        space.closings.close(202401)
        bring(space, moved, "划转.csv", table="partners")
        found = space.closings.change(without, "net_sales", ("region",))
        assert found is not None and found.change == 0
        assert members(found) == {"华东": (D(100), D(-100), D(0)), "华北": (D(0), D(100), D(100))}
        assert parts(found) == {("attributes", "划转.csv"): D(0)}
        then = space.closings.change(replace(without, attributes="then"), "net_sales", ("region",))
        assert then is not None and members(then) == {"华东": (D(100), D(0), D(100))}
        space.closings.reopen([202401], "税率有误")
        bring(
            space,
            "适用产品,适用税率,税率生效日期\n茶,9%,2024-01-01\n",
            "税率.csv",
            table="tax_rates",
        )
        found = space.closings.change(without, "net_sales", ())
        assert found is not None and found.now == D("103.6697")
        assert parts(found) == {("told_anew", "税率.csv"): D("3.6697")}


def test_quantities_in_unlike_units_are_told_member_by_member(tmp_path: Path) -> None:
    told = "渠道,日期,订单编号,数量,单位,金额\n天猫,2024-01-03,A1,2,瓶,10\n"
    with Workspace.open(tmp_path) as space:
        bring(space, told + "天猫,2024-01-31,A2,3,瓶,10\n", "流水.csv")
        space.closings.close(202401)
        space.closings.reopen([202401], "京东")
        bring(space, told.replace("天猫", "京东").replace("瓶", "袋"), "京东.csv")
        found = change(space, "quantity", ("channel",))
        assert (found.reported, found.change, found.now, found.splits) == (D(5), None, None, False)
        assert members(found)["天猫"] == (D(5), D(0), D(5))


LINES = st.lists(
    st.tuples(st.sampled_from("甲乙"), st.sampled_from((1, 2)), st.integers(1, 9)),
    min_size=1, max_size=3,
)  # fmt: skip
DEEDS = st.lists(
    st.tuples(st.sampled_from(["append", "replace", "post", "off", "close", "open"]), LINES),
    max_size=5,
)  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(DEEDS)
def test_reported_and_change_are_now(tmp_path_factory: pytest.TempPathFactory, told) -> None:
    """Whatever happens: reported + change = now, parts sum to the change, of the whole and of
    every member; now is what an answer says and what was posted; a closed month stands."""
    with Workspace(empty(tmp_path_factory.mktemp("change"))) as space:
        loaded = [bring(space, FIRST, "流水.csv").batch]
        space.closings.close(202401)
        stands = _january(space)
        for at, (deed, lines) in enumerate(told):
            with suppress(MonthClosedError, ClosingError):
                _do(space, deed, lines, at, loaded)
            if 202401 in space.closings.closed() and deed != "close":
                assert _january(space) == stands
            stands = _january(space)
        for by in ((), ("partner",), ("channel", "partner")):
            found = change(space, by=by)
            assert found.reported + found.change == found.now
            assert sum(found.parts["change"], D(0)) == found.change
            sums = found.by_member.groupby(list(by), dropna=False)["change"].sum() if by else None
            for row in found.members.to_dict("records"):
                assert row["reported"] + row["change"] == row["now"]
                if sums is not None and row["change"]:
                    key = tuple(row[one] for one in by)
                    assert sums[key if len(by) > 1 else key[0]] == row["change"]
            assert found.now == _january(space) + _posted(space)
            assert "other" not in set(found.parts["code"])


def _do(space: Workspace, deed: str, lines, at: int, loaded: list[int]) -> None:
    text = HEAD + "".join(
        f"经销,{who},2024-0{month}-1{at},N{at}{row},张,茶,{money}\n"
        for row, (who, month, money) in enumerate(lines)
    )
    if deed == "close":
        space.closings.close(202401)
    elif deed == "open":
        space.closings.reopen([202401], "改")
    elif deed == "off":
        space.switch(loaded[-1], False)
    else:
        takes = "replace" if deed == "replace" else "append"
        late = "post" if deed == "post" else None
        loaded.append(bring(space, text, f"{at}.csv", takes, late).batch)


def _january(space: Workspace) -> Decimal:
    rows = space.ask(MetricQuery(("net_sales",), JANUARY)).frame["net_sales"]
    return next((one for one in rows if one is not None), D(0))


def _posted(space: Workspace) -> Decimal:
    sql = "select sum(amount_with_tax) as money from lines where posted_from = 202401"
    return space.store.fetch(sql)["money"].iloc[0] or D(0)
