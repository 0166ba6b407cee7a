"""A second table far below the first is asked about, and every row of both can be had."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import pytest
import xlsxwriter

from chanplan.domain.errors import QuestionOpenError, TableBelowError, UnrecognisedTableError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.settings import Settings
from chanplan.workspace import Workspace
from chanplan.workspace.rebuilding import rebuild
from tests.commands.shell import chanplan
from tests.workspace.test_returns import net

SALES = [["日期", "渠道", "产品", "金额"]]
SALES += [[f"2024-01-{at % 28 + 1:02d}", "天猫", f"水{at % 7}", "10"] for at in range(800)]
# Its rows read as lines of sales would: a month, a channel, a text, a number.
COSTS = [
    [],
    ["渠道费用"],
    ["月份", "渠道", "费用类型", "费用"],
    ["2024-01", "天猫", "广告", "5000"],
]


def workbook_of(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def files(rows: list[list[str]]) -> dict[str, bytes]:
    text = "\n".join(",".join(row) for row in rows)
    return {"一月.csv": text.encode(), "一月.xlsx": workbook_of(rows)}


@pytest.mark.parametrize("name", ["一月.csv", "一月.xlsx"])
def test_a_table_below_the_first_rows_is_asked_about(tmp_path: Path, name: str) -> None:
    with Workspace.open(tmp_path) as space:
        original = space.receive(name, files([*SALES, *COSTS])[name])
        proposal = space.inspect(original)
        (question,) = proposal.questions
        assert (question.kind, question.options) == ("rows", ("1-801", "803-"))
        assert [table for table, _ in question.seems] == ["sales", "channel_costs"]
        with pytest.raises(QuestionOpenError):
            space.load(original, proposal)
        for rows, table, loaded in (("1-801", "sales", 800), ("803-", "channel_costs", 1)):
            made = space.load(original, space.inspect(original, Hints(rows=rows)))
            counts = made.counts
            assert (made.table, counts.loaded, counts.set_aside) == (table, loaded, 0)
        assert net(space, scope=Scope(Period(202401, 202401))) == [(D(8000),)]
        before = space.checksums()
    assert rebuild(replace(Settings(), home=tmp_path)).identical
    with Workspace.open(tmp_path) as space:
        assert space.checksums() == before


def test_a_row_with_a_cell_too_many_is_set_aside_there_too(tmp_path: Path) -> None:
    costs = [*COSTS, ["2024-02", "京东", "广告", "1", "200"]]
    with Workspace.open(tmp_path) as space:
        original = space.receive("一月.csv", files([*SALES, *costs])["一月.csv"])
        counts = space.load(original, space.inspect(original, Hints(rows="803-"))).counts
        assert (counts.loaded, dict(counts.reasons)) == (1, {"surplus_cells": 1})


def test_headings_again_and_odd_rows_far_below_are_no_other_table(tmp_path: Path) -> None:
    odd = [
        ["日期", "渠道", "产品", "金额"],
        ["哪天", "天猫", "水", "一些"],
        ["合计", "", "", "8000"],
    ]
    with Workspace.open(tmp_path) as space:
        original = space.receive("一月.csv", files([*SALES, *odd])["一月.csv"])
        proposal = space.inspect(original)
        assert not proposal.questions
        counts = space.load(original, proposal).counts
        assert (counts.loaded, counts.set_aside, counts.skipped) == (800, 1, 2)


@pytest.mark.parametrize("kind", ["plain", "ragged"])
def test_a_table_below_the_rows_that_are_looked_at_is_seen_when_they_are_loaded(
    tmp_path: Path, kind: str
) -> None:
    """250,000 lines of 10 each, then a table of costs whose rows read as lines of sales."""
    rows = [f"2024-01-{at % 28 + 1:02d},天猫,水,10\n" for at in range(250_000)]
    blank = ",,,\n渠道费用,,,\n" if kind == "plain" else "\n渠道费用\n"
    below = f"{blank}月份,渠道,费用类型,费用\n2024-01,天猫,广告,5000\n2024-02,天猫,广告,600\n"
    path = tmp_path / "一月.csv"
    path.write_text("日期,渠道,产品,金额\n" + "".join(rows) + below, encoding="utf-8")
    with Workspace.open(tmp_path / "home") as space:
        original = space.receive(path.name, path)
        proposal = space.inspect(original)
        assert not proposal.questions
        for look in (space.preview, space.load):
            with pytest.raises(TableBelowError) as found:
                look(original, proposal)
            assert found.value.line == 250_004
        assert space.imports.all().empty
        (question,) = space.inspect(original).questions
        assert (question.kind, question.options) == ("rows", ("1-250001", "250003-"))
        assert [table for table, _ in question.seems] == ["sales", "channel_costs"]
        for area, table, loaded in (
            ("1-250001", "sales", 250_000),
            ("250003-", "channel_costs", 2),
        ):
            made = space.load(original, space.inspect(original, Hints(rows=area)))
            assert (made.table, made.counts.loaded, made.counts.set_aside) == (table, loaded, 0)
        assert net(space, scope=Scope(Period(202401, 202401))) == [(D(2_500_000),)]
    said = chanplan("import", path, "--home", tmp_path / "other", language="zh")
    assert said.code == 1 and "1-250001" in said.err and "250003-" in said.err


def test_a_long_list_that_was_pasted_twice_is_refused(tmp_path: Path) -> None:
    rows = [[f"2024-{at % 12 + 1:02d}-05", "天猫", f"水{at}", f"{at}.5"] for at in range(600)]
    with Workspace.open(tmp_path) as space:
        twice = files([SALES[0], *rows, *rows[50:]])["一月.csv"]
        original = space.receive("一月.csv", twice)
        with pytest.raises(UnrecognisedTableError, match="rows_twice") as fault:
            space.load(original, space.inspect(original))
        told = fault.value.values
        assert (told["first"], told["again"], told["rows"]) == (52, 602, 550)
        made = space.load(original, space.inspect(original, Hints(rows="1-1151")))
        assert made.counts.loaded == 1150
        till = files([SALES[0], *SALES[1:], *SALES[1:]])["一月.csv"]  # few things, sold often
        original = space.receive("二月.csv", till)
        assert space.load(original, space.inspect(original)).counts.loaded == 1600
