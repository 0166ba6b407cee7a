"""The workspace: import, replay after a crash, memory of corrections, switching."""

import gc
import shutil
import weakref
from dataclasses import replace
from decimal import Decimal

import pytest

from chanplan.domain.errors import QuestionOpenError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

EXPORT = "渠道,日期,金额\n天猫,2024-01-03,100\n京东,2024-02-03,70\n".encode()
MORE = "渠道,日期,金额\n天猫,2024-02-04,5\n".encode()
ALL = Scope(Period(202401, 202412))
TOTAL = MetricQuery(("net_sales",), ALL)


def bring(workspace: Workspace, name: str, data: bytes, hints: Hints | None = None):
    original = workspace.receive(name, data)
    return workspace.load(original, workspace.inspect(original, hints or Hints()))


def total(workspace: Workspace) -> Decimal:
    return workspace.ask(TOTAL).frame["net_sales"].iloc[0]


def test_an_import_can_be_asked_switched_off_and_on(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        assert workspace.is_empty()
        first, second = bring(workspace, "a.csv", EXPORT), bring(workspace, "b.csv", MORE)
        assert total(workspace) == Decimal(175)
        assert (workspace.periods().first, workspace.periods().last) == (202401, 202402)
        version = workspace.version
        workspace.switch(first.batch, False)
        assert workspace.version != version
        assert total(workspace) == Decimal(5)
        assert workspace.members("channel") == ["天猫"]
        workspace.switch(first.batch, True)
        assert total(workspace) == Decimal(175)
        assert list(workspace.imports.all()["batch"]) == [second.batch, first.batch]


def test_a_database_that_is_lost_comes_back_from_originals_and_journal(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        first = bring(workspace, "a.csv", EXPORT)
        bring(workspace, "b.csv", MORE)
        workspace.switch(first.batch, False)
        before = workspace.imports.all()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as workspace:
        assert total(workspace) == Decimal(5)
        assert workspace.imports.all().equals(before)


def test_an_import_cut_off_between_journal_and_commit_lands_at_the_next_start(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "a.csv", EXPORT)
    shutil.copy(tmp_path / "chanplan.duckdb", tmp_path / "as_before")
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "b.csv", MORE)
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    shutil.move(tmp_path / "as_before", tmp_path / "chanplan.duckdb")
    with Workspace.open(tmp_path) as workspace:
        assert total(workspace) == Decimal(175)
        again = bring(workspace, "b.csv", MORE)
        assert again.already
        assert total(workspace) == Decimal(175)


def test_an_import_that_fails_leaves_nothing_and_is_not_replayed(tmp_path, monkeypatch):
    from chanplan.workspace.loading import bringing

    def fail(*_args: object) -> None:
        raise MemoryError("out of memory")

    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "a.csv", EXPORT)
        with monkeypatch.context() as patch:
            patch.setattr(bringing, "load_many", fail)
            with pytest.raises(MemoryError):
                bring(workspace, "b.csv", MORE)
        assert total(workspace) == Decimal(170)
    with Workspace.open(tmp_path) as workspace:
        assert total(workspace) == Decimal(170)
        assert not bring(workspace, "b.csv", MORE).already
        assert total(workspace) == Decimal(175)


def test_an_open_question_stops_the_import(tmp_path):
    without = "日期,金额\n2024-01-03,100\n".encode()
    with Workspace.open(tmp_path) as workspace:
        original = workspace.receive("天猫.csv", without)
        proposal = workspace.inspect(original)
        assert [question.kind for question in proposal.questions] == ["channel"]
        assert proposal.questions[0].proposal == "天猫"
        with pytest.raises(QuestionOpenError):
            workspace.load(original, proposal)
        bring(workspace, "天猫.csv", without, Hints(channel="天猫"))
        assert workspace.members("channel") == ["天猫"]


def test_a_correction_is_remembered_for_the_next_file_of_that_shape(tmp_path):
    odd = "渠道,日期,Betrag\n天猫,2024-01-03,100\n".encode()
    next_month = "渠道,日期,Betrag\n天猫,2024-02-03,30\n".encode()
    with Workspace.open(tmp_path) as workspace:
        original = workspace.receive("a.csv", odd)
        proposal = workspace.inspect(original, Hints(columns={"amount": "Betrag"}))
        workspace.remember(proposal)
        workspace.load(original, proposal)
        bring(workspace, "b.csv", next_month)
        assert total(workspace) == Decimal(130)


def test_a_product_table_tells_cases_in_bottles(tmp_path):
    """2 箱 of 24 and 3 瓶 are 51 瓶; without the table they are not added at all."""
    sales = (
        "渠道,日期,产品编码,数量,单位,金额\n天猫,2024-01-03,p1,2,箱,96\n天猫,2024-02-03,p1,3,瓶,6\n"
    ).encode()
    products = "产品编码,产品名称,基本单位,装箱单位,箱规\np1,茶,瓶,箱,24\n".encode()
    quantity = replace(TOTAL, measures=("quantity", "average_price"))
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "sales.csv", sales)
        assert workspace.ask(quantity).frame["quantity"].iloc[0] is None
        units = bring(workspace, "products.csv", products)
        assert workspace.ask(quantity).frame.iloc[0].tolist() == [Decimal(51), Decimal(2)]
        workspace.switch(units.batch, False)
        assert workspace.ask(quantity).frame["quantity"].iloc[0] is None
        workspace.switch(units.batch, True)
        bring(workspace, "more.csv", sales.replace(b"2024", b"2025"))
        later = replace(quantity, scope=Scope(Period(202501, 202512)))
        assert workspace.ask(later).frame["quantity"].iloc[0] == Decimal(51)


def test_a_preview_counts_and_leaves_nothing(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        original = workspace.receive("a.csv", EXPORT)
        counts = workspace.preview(original, workspace.inspect(original))
        assert (counts.loaded, counts.sum_loaded) == (2, Decimal(170))
        assert workspace.is_empty()
        assert workspace.version == 0


def test_several_files_can_be_inspected_before_any_is_loaded(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        waiting = []
        for name, data in (("a.csv", EXPORT), ("b.csv", MORE)):
            original = workspace.receive(name, data)
            waiting.append((original, workspace.inspect(original)))
        for original, proposal in waiting:
            workspace.load(original, proposal)
        assert total(workspace) == Decimal(175)


def test_a_proposal_survives_a_restart(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        original = workspace.receive("a.csv", EXPORT)
        proposal = workspace.inspect(original)
    with Workspace.open(tmp_path) as workspace:
        workspace.load(original, proposal)
        assert total(workspace) == Decimal(170)


def test_two_files_of_one_source_and_month_are_told(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "天猫 1.csv", EXPORT)
        outcome = bring(workspace, "天猫 2.csv", MORE)
        assert outcome.overlaps == ("天猫 1.csv",)


def test_lines_name_their_file_and_line(tmp_path):
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "a.csv", EXPORT)
        lines = workspace.lines(ALL.only("channel", "京东"), limit=10)
        assert (lines["file"].iloc[0], lines["line"].iloc[0]) == ("a.csv", 3)
        assert lines["amount_with_tax"].iloc[0] == Decimal(70)


def test_a_product_table_gives_products_their_category(tmp_path):
    sales = "渠道,日期,产品编码,金额\n天猫,2024-01-03,p1,100\n天猫,2024-01-03,p2,1\n".encode()
    products = "产品编码,产品名称,品类\np1,茶,饮料\n".encode()
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "sales.csv", sales)
        assert bring(workspace, "products.csv", products).table == "products"
        found = workspace.ask(replace(TOTAL, by=("category",))).frame
        assert dict(zip(found["category"], found["net_sales"], strict=True)) == {
            "饮料": Decimal(100),
            None: Decimal(1),
        }
        assert workspace.members("category") == ["饮料"]


def test_a_whole_column_decides_between_day_and_month(tmp_path):
    """The 600th row has day 13, far below the rows recognition looks at first."""
    rows = ["渠道,日期,金额", *["天猫,3/4/2024,1"] * 599, "天猫,13/4/2024,1", ""]
    with Workspace.open(tmp_path) as workspace:
        bring(workspace, "a.csv", "\n".join(rows).encode())
        assert (workspace.periods().first, workspace.periods().last) == (202404, 202404)
        assert total(workspace) == Decimal(600)


def test_a_workspace_that_nobody_holds_lets_go_of_its_store(tmp_path):
    """A page's cache only forgets it: nothing that it is made of may hold it in a circle."""
    gc.disable()
    try:
        known = weakref.ref(Workspace.open(tmp_path))
        assert known() is None
        Workspace.open(tmp_path).close()
    finally:
        gc.enable()
