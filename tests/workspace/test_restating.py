"""The same months again: what is the same, changed, new and gone, and whose lines count then.

Worked by hand. The first file of the source 流水 (the name before the date) tells of January
and February, of two partners in one channel:
  Jan 甲  A1 100, A2 50      Jan 乙  A3 30      Feb 甲  A4 70          total 250
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.domain.errors import RestatedError
from chanplan.domain.period import Period
from chanplan.domain.restated import TAKES
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Outcome, Workspace
from tests.stores import empty

D = Decimal
HEAD = "渠道,经销商,日期,订单编号,产品名称,金额\n"
FIRST = HEAD + (
    "经销商,甲,2024-01-03,A1,茶,100\n经销商,甲,2024-01-04,A2,茶,50\n"
    "经销商,乙,2024-01-05,A3,茶,30\n经销商,甲,2024-02-06,A4,茶,70\n"
)
# January of 甲 again: A1 as it was, A2 corrected, A3's partner not in it, A5 new: 100 + 45 + 8.
AGAIN = HEAD + (
    "经销商,甲,2024-01-03,A1,茶,100\n经销商,甲,2024-01-04,A2,茶,45\n经销商,甲,2024-01-09,A5,茶,8\n"
)
YEAR = Scope(Period(202401, 202412))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path) as opened:
        yield opened


def bring(workspace: Workspace, text: str, takes=None, name: str = "流水.csv") -> Outcome:
    original = workspace.receive(name, text.encode())
    proposal = workspace.inspect(original, Hints(source="流水"))
    return workspace.load(original, proposal, takes)


def told(workspace: Workspace) -> dict[tuple[int, str], Decimal]:
    """(month, partner) → net sales."""
    found = workspace.ask(MetricQuery(("net_sales",), YEAR, ("month", "partner"))).frame
    return {(int(row.month), row.partner): row.net_sales for row in found.itertuples()}


BEFORE = {(202401, "甲"): D(150), (202401, "乙"): D(30), (202402, "甲"): D(70)}


def test_lines_that_would_count_twice_are_asked_and_nothing_is_loaded(workspace: Workspace) -> None:
    bring(workspace, FIRST)
    with pytest.raises(RestatedError) as raised:
        bring(workspace, AGAIN, name="流水 新.csv")
    found = raised.value.restated
    assert found.files == ("流水.csv",)
    assert found.months == (202401,)
    assert (found.same, found.changed, found.new, found.vanished) == (1, 1, 1, 0)
    assert found.sums == (("经销商", D(150), D(153)),)
    assert found.absent == (("经销商 · 乙", 1, D(30)),)
    assert told(workspace) == BEFORE
    assert len(workspace.imports.all()) == 1


def test_of_files_that_come_together_a_later_one_may_take_an_earlier_ones_place(
    workspace: Workspace,
) -> None:
    names = {"流水.csv": FIRST, "流水 重报.csv": AGAIN}
    kept = [workspace.receive(name, text.encode()) for name, text in names.items()]
    files = [(one, workspace.inspect(one, Hints(source="流水"))) for one in kept]
    first, late = workspace.load_all(files, takes={kept[1].sha256: "replace"})
    assert (first.takes, late.takes) == (None, "replace")
    assert told(workspace) == BEFORE | {(202401, "甲"): D(153)}
    workspace.switch(late.batch, False)
    assert told(workspace) == BEFORE


def test_of_files_that_come_together_only_those_that_say_so_are_not_asked_about(
    workspace: Workspace,
) -> None:
    bring(workspace, FIRST)
    names = {"流水 新.csv": AGAIN, "二月.csv": HEAD + "经销商,甲,2024-02-06,A4,茶,75\n"}
    kept = [workspace.receive(name, text.encode()) for name, text in names.items()]
    files = [(one, workspace.inspect(one, Hints(source="流水"))) for one in kept]
    with pytest.raises(RestatedError) as raised:
        workspace.load_all(files, takes={kept[0].sha256: "replace"})
    assert raised.value.restated.months == (202402,)
    assert told(workspace) == BEFORE


def test_replacing_keeps_other_partners_and_other_months(workspace: Workspace) -> None:
    bring(workspace, FIRST)
    outcome = bring(workspace, AGAIN, "replace")
    assert told(workspace) == BEFORE | {(202401, "甲"): D(153)}
    assert outcome.restated is not None and outcome.restated.changed == 1
    workspace.switch(outcome.batch, False)  # undo
    assert told(workspace) == BEFORE
    workspace.switch(outcome.batch, True)
    assert told(workspace) == BEFORE | {(202401, "甲"): D(153)}


def test_replacing_whole_months_lets_absent_members_go(workspace: Workspace) -> None:
    bring(workspace, FIRST)
    bring(workspace, AGAIN, "replace_months")
    assert told(workspace) == {(202401, "甲"): D(153), (202402, "甲"): D(70)}


def test_appending_counts_both(workspace: Workspace) -> None:
    bring(workspace, FIRST)
    assert bring(workspace, AGAIN, "append").overlaps == ("流水.csv",)
    assert told(workspace) == BEFORE | {(202401, "甲"): D(303)}


def test_a_file_that_repeats_nothing_is_not_asked(workspace: Workspace) -> None:
    bring(workspace, FIRST)
    outcome = bring(workspace, HEAD + "经销商,甲,2024-01-20,A9,茶,1\n", name="流水 补.csv")
    assert outcome.restated is not None
    assert (outcome.restated.new, outcome.restated.vanished) == (1, 3 - 1)
    assert told(workspace)[202401, "甲"] == D(151)


def test_without_order_numbers_a_day_a_member_and_an_item_tell_lines_apart(
    workspace: Workspace,
) -> None:
    head = "渠道,日期,产品名称,金额\n"
    bring(workspace, head + "天猫,2024-01-03,茶,5\n天猫,2024-01-03,茶,5\n天猫,2024-01-04,茶,7\n")
    with pytest.raises(RestatedError) as raised:
        bring(workspace, head + "天猫,2024-01-03,茶,5\n天猫,2024-01-04,茶,9\n", name="b.csv")
    found = raised.value.restated  # twice 5 before, once now: one is gone
    assert (found.same, found.changed, found.new, found.vanished) == (1, 1, 0, 1)


def test_a_replacement_survives_a_lost_database(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, FIRST)
        bring(workspace, AGAIN, "replace")
        before = told(workspace)
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as workspace:
        assert told(workspace) == before


def test_another_source_is_not_touched(workspace: Workspace) -> None:
    original = workspace.receive("别处.csv", FIRST.encode())
    workspace.load(original, workspace.inspect(original, Hints(source="别处")))
    bring(workspace, AGAIN, "replace_months")
    assert told(workspace)[202401, "甲"] == D(150 + 153)


LINES = st.lists(
    st.tuples(st.sampled_from("甲乙"), st.sampled_from((1, 2)), st.integers(1, 9)),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(LINES, st.sampled_from(TAKES)), min_size=1, max_size=4), st.data())
def test_switching_off_gives_back_what_stood_before(
    tmp_path_factory: pytest.TempPathFactory, files, data
) -> None:
    """Against a reference that walks the files that count in order, in plain Python."""
    with Workspace(empty(tmp_path_factory.mktemp("restating"))) as workspace:
        loaded = []
        for at, (lines, takes) in enumerate(files):
            text = HEAD + "".join(
                f"经销商,{partner},2024-0{month}-1{at},N{at}{row},茶,{amount}\n"
                for row, (partner, month, amount) in enumerate(lines)
            )
            loaded.append((bring(workspace, text, takes, f"{at}.csv").batch, lines, takes))
        off = data.draw(st.sets(st.sampled_from([batch for batch, _, _ in loaded])))
        for batch in sorted(off):
            workspace.switch(batch, False)
        counting = [(lines, takes) for batch, lines, takes in loaded if batch not in off]
        assert told(workspace) == _reference(counting)


def _reference(files) -> dict[tuple[int, str], Decimal]:
    standing: dict[tuple[int, str], Decimal] = {}
    for lines, takes in files:
        own = {(202400 + month, partner) for partner, month, _ in lines}
        months = {month for month, _ in own}
        if takes == "replace":
            standing = {cell: value for cell, value in standing.items() if cell not in own}
        if takes == "replace_months":
            standing = {cell: value for cell, value in standing.items() if cell[0] not in months}
        for partner, month, amount in lines:
            cell = (202400 + month, partner)
            standing[cell] = standing.get(cell, D(0)) + amount
    return standing
