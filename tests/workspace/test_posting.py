"""Late lines of a closed month count in the first open month after, and keep their date.

Worked by hand: January is 天猫 100 and closed; what comes late is 京东 7 of 5 January.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.period import Period
from chanplan.domain.posted import Posted, open_after
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Outcome, Workspace

D = Decimal
HEAD = "渠道,日期,订单编号,金额\n"
JANUARY = HEAD + "天猫,2024-01-03,A1,100\n"
LATE = HEAD + "京东,2024-01-05,B1,7\n京东,2024-02-05,B2,9\n"
YEAR = Scope(Period(202401, 202412))


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path) as opened:
        yield opened


def bring(space: Workspace, text: str, name: str, takes=None, late=None) -> Outcome:
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, Hints(source="流水")), takes, late=late)


def told(space: Workspace) -> dict[tuple[int, str], Decimal]:
    """(month, channel) → net sales."""
    found = space.ask(MetricQuery(("net_sales",), YEAR, ("month", "channel"))).frame
    return {(int(row.month), row.channel): row.net_sales for row in found.itertuples()}


def test_the_first_open_month_after_a_closed_one() -> None:
    closed = [202312, 202401, 202404]
    assert open_after(closed) == {202312: 202402, 202401: 202402, 202404: 202405}


def test_a_late_line_counts_in_the_open_month_and_keeps_its_date(space: Workspace) -> None:
    bring(space, JANUARY, "一月.csv")
    space.closings.mark([202401], True)
    with pytest.raises(MonthClosedError):
        bring(space, LATE, "迟.csv")
    outcome = bring(space, LATE, "迟.csv", late="post")
    assert outcome.posted == (Posted(202401, 202402, 1, D(7)),)
    assert outcome.months == (202402,)
    assert told(space) == {(202401, "天猫"): D(100), (202402, "京东"): D(16)}
    dates = space.store.fetch("select date::varchar as day, posted_from from lines order by day")
    assert list(dates["day"]) == ["2024-01-03", "2024-01-05", "2024-02-05"]
    space.switch(outcome.batch, False)
    assert told(space) == {(202401, "天猫"): D(100)}


def test_postings_survive_a_lost_database_and_another_cut_off(tmp_path: Path, monkeypatch) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, JANUARY, "一月.csv")
        space.closings.mark([202401], True)
        bring(space, LATE, "迟.csv", late="post")
        before, sums = told(space), space.checksums()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as space:
        assert told(space) == before
        assert space.checksums() == sums
    monkeypatch.setenv("CHANPLAN_CUT_OFF_DAY", "25")
    with Workspace.open(tmp_path) as space:
        assert told(space) == before


def test_what_a_file_tells_otherwise_is_no_late_line(space: Workspace) -> None:
    bring(space, JANUARY, "一月.csv")
    space.closings.mark([202401], True)
    again = HEAD + "天猫,2024-01-03,A1,90\n"
    with pytest.raises(MonthClosedError) as raised:
        bring(space, again, "一月 重报.csv", "replace", "post")
    assert raised.value.code == "month_restated"
    other = HEAD + "拼多多,2024-01-08,C1,3\n"  # of a channel that nobody has told of
    assert bring(space, other, "拼多多.csv", "replace", "post").posted[0].lines == 1
    assert told(space) == {(202401, "天猫"): D(100), (202402, "拼多多"): D(3)}


def test_the_open_months_own_file_takes_no_late_lines_place(space: Workspace) -> None:
    bring(space, JANUARY, "一月.csv")
    space.closings.mark([202401], True)
    bring(space, LATE, "迟.csv", late="post")
    bring(space, HEAD + "京东,2024-02-05,B2,8\n", "二月 重报.csv", "replace")
    assert told(space) == {(202401, "天猫"): D(100), (202402, "京东"): D(7 + 8)}


def test_a_month_told_anew_after_it_was_opened_takes_its_late_lines_along(space: Workspace) -> None:
    bring(space, JANUARY, "一月.csv")
    space.closings.mark([202401], True)
    bring(space, LATE, "迟.csv", late="post")
    space.closings.reopen([202401], "京东重报")
    bring(space, HEAD + "京东,2024-01-05,B1,7.5\n", "一月 京东.csv", "replace")
    assert told(space) == {
        (202401, "天猫"): D(100), (202401, "京东"): D("7.5"), (202402, "京东"): D(9),
    }  # fmt: skip


RETURNS = "订单编号,退款编号,退款完结时间,退款金额\nT202401010001,R1,2024-01-20 09:00:00,20\n"


def test_a_return_that_a_late_order_makes_possible_is_posted_with_it(space: Workspace) -> None:
    bring(space, JANUARY, "一月.csv")
    returns = space.receive("退款.csv", RETURNS.encode())
    space.load(returns, space.inspect(returns, Hints(table="returns")))
    space.closings.mark([202401], True)
    late = "渠道,日期,订单编号,金额\n京东,2024-01-05,T202401010001,50\n"
    with pytest.raises(MonthClosedError):
        bring(space, late, "迟.csv")
    outcome = bring(space, late, "迟.csv", late="post")
    assert outcome.posted == (Posted(202401, 202402, 2, D(30)),)
    assert told(space) == {(202401, "天猫"): D(100), (202402, "京东"): D(50 - 20)}


def test_a_late_return_of_a_closed_month_is_posted(space: Workspace) -> None:
    bring(space, HEAD + "京东,2024-01-05,T202401010001,50\n", "一月.csv")
    space.closings.mark([202401], True)
    returns = space.receive("退款.csv", RETURNS.encode())
    proposal = space.inspect(returns, Hints(table="returns"))
    with pytest.raises(MonthClosedError):
        space.load(returns, proposal)
    assert space.load(returns, proposal, late="post").posted == (Posted(202401, 202402, 1, D(-20)),)
    assert told(space) == {(202401, "京东"): D(50), (202402, "京东"): D(-20)}


def test_late_lines_say_nothing_of_how_far_a_source_reaches(space: Workspace) -> None:
    bring(space, JANUARY, "一月.csv")
    space.closings.mark([202401], True)
    bring(space, HEAD + "天猫,2024-02-29,A2,1\n", "二月.csv")
    before = space.periods()
    late = space.receive("迟.csv", (HEAD + "京东,2024-01-05,B1,7\n").encode())
    space.load(late, space.inspect(late, Hints(source="京东账单")), late="post")
    assert space.periods() == before
    assert set(space.coverage()["source"]) == {"流水"}
