"""What reading has seen of a text holds of every cell, and what it spares changes nothing."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanplan.domain.recipe import Recipe
from chanplan.ingest import cells_sql, values
from chanplan.ingest.no_data import may_be_total
from chanplan.ingest.reading.glance import Glance
from chanplan.ingest.reading.plain import BLANKS, SHORT, TOTALS, UNKNOWN, Plain, of_all
from tests.ingest.reading_room import only, read_bytes

PLAIN = Plain(trimmed=True, no_totals=True, short=True)
DB = duckdb.connect()
# Cells of what the glance looks for, and of what looks like it.
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "合计",
            "小计",
            "计划",
            "总",
            "总部",
            "Total",
            "l",
            "1.2345",
            "1.23456",
            "-0.5",
            "1e-7",
        ]
        + [
            "5e-5",
            "华\u3000东",
            "\u3000天猫",
            "天猫\u00a0",
            "京东 ",
            " 京东",
            "a\t",
            "１２",
            '="0123"',
            '="天猫 "',
            "说\u00e1",
        ]
    ),
    st.text(alphabet="计总lL .,\t\"'e-15天", max_size=6),
)


def ends(cells: list[str], signs: tuple[str, ...]) -> bool:
    return any(cell.endswith(sign) for cell in cells for sign in signs)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
@pytest.mark.parametrize("separator", [",", "\t"])
def test_what_is_seen_holds_of_every_cell(separator: str, rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(rows)
    glance = Glance(separator, '"')
    most = glance.look(written.getvalue().encode())
    cells = [cell for row in rows for cell in row]
    assert most >= max(map(len, rows))
    if glance.seen.trimmed:
        assert not ends(cells, BLANKS)
        assert not any(cell.startswith(BLANKS[2:]) for cell in cells)
    if glance.seen.no_totals:
        assert not ends(cells, TOTALS)
    if glance.seen.short:
        numbers = [cell for cell in cells if values.number_of(cell) is not None]
        assert all(len(cell.partition(".")[2]) <= SHORT for cell in numbers)
        assert not any("e-" in cell.lower() for cell in numbers)


@settings(max_examples=300, deadline=None)
@given(CELLS)
def test_a_plain_cell_reads_as_it_would_with_care(cell: str) -> None:
    glance = Glance("|", "~")
    glance.look(f"{cell}\n".encode())
    seen = glance.seen
    readings = [
        lambda plain: cells_sql.number("c", 4, plain=plain),
        lambda plain: cells_sql.number("c", 8, 1, "CNY", plain),
        lambda plain: cells_sql.number("c", 4, 10_000, plain=plain),
        lambda plain: cells_sql.member("c", plain),
        lambda plain: may_be_total(Recipe("sales", "s", ("渠道",), 1, {"channel": 0}), plain),
    ]
    listed = [sql(plain) for sql in readings for plain in (seen, UNKNOWN)]
    (found,) = DB.execute(
        f"select {', '.join(listed)} from (select ?::varchar as c, c as c0)", [cell]
    ).fetchall()
    assert found[0::2] == found[1::2]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("天猫,12.5", PLAIN),
        ("天猫 旗舰店,12.5", PLAIN),
        ("天猫 ,12.5", Plain(no_totals=True, short=True)),
        ("\u3000天猫,12.5", Plain(no_totals=True, short=True)),
        ("小计,12.5", Plain(trimmed=True, short=True)),
        ("Retail,12.5", Plain(trimmed=True, short=True)),
        ("天猫,12.50000", Plain(trimmed=True, no_totals=True)),
        ("天猫,1e-5", Plain(trimmed=True, no_totals=True)),
    ],
)
def test_one_cell_tells(tmp_path: Path, line: str, seen: Plain) -> None:
    sheet = only(read_bytes(tmp_path, f"渠道,金额\n京东,1\n{line}\n".encode()))
    below = sheet.below(1)
    assert (below.plain, below.rows) == (seen, 2)


def test_nothing_is_known_of_files_one_of_which_is_not_plain() -> None:
    assert of_all([PLAIN, PLAIN]) == PLAIN
    assert of_all([PLAIN, UNKNOWN]) == UNKNOWN


def test_rows_over_several_lines_are_not_counted_by_lines(tmp_path: Path) -> None:
    data = '渠道,金额\n"天\n猫",1\n京东,2\n'.encode()
    assert only(read_bytes(tmp_path, data)).below(1).rows is None


def test_a_number_with_four_places_is_not_rounded() -> None:
    (found,) = DB.execute(
        f"select {cells_sql.number('c', plain=PLAIN)} from (select '1.0005' c)"
    ).fetchall()
    assert found == (Decimal("1.0005"),)
