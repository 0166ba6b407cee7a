"""Every question file: its head is true, it runs, and every engine can read it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlglot
from sqlglot import expressions as exp

from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import ATTRIBUTE_VIEWS, TAX_VIEWS, Days, RowFilter, Scope
from chanplan.metrics import relations
from chanplan.questions import Question
from chanplan.questions.compile import compile_question
from chanplan.questions.file import KEYS, question_file, question_names
from chanplan.workspace import looking
from chanplan.workspace.answers import answer_question
from tests.books import lay, open_store

PERIOD, BASE = Period(202401, 202412), Period(202301, 202312)
# A value for every kind of parameter, so that a new question is asked by its head alone.
EXAMPLES: dict[str, Any] = {
    "dimensions": ("channel", "category"),
    "period": BASE,
    "month": 202401,
    "day": date(2024, 6, 30),
    "number": 1,
    "text": "A",
    "texts": ("A", "B"),
}
FAMILIES = {
    "amounts": {r.name for r in relations.AMOUNTS},
    "orders": {r.name for r in relations.ORDERS},
    "customers": {r.name for r in relations.CUSTOMERS},
}
# What other rooms may read: the summaries, the lines, the calendar, what is known of members.
PUBLISHED = {"lines", "line_facts", "calendar", "attribute_current", "attribute_then"}
PUBLISHED |= {"member_name", "order_straddle", "customer_months", "cost_lines"}.union(
    *FAMILIES.values()
)
PUBLISHED |= {
    "collection_lines",
    "outlet_lines",
    "market_lines",
    "targets_at_start",
    "targets_in_force",
    "source_lines",
    "source_cells",
    "source_authority",
    "control_lines",
}


def example(name: str, scope: Scope) -> Question:
    kinds = question_file(name).parameters
    return Question(name, scope, **{each: EXAMPLES[kind] for each, kind in kinds.items()})


def scopes() -> list[Scope]:
    """Every tax and attribute view; with a filter on a column, an attribute and a month."""
    plain = [Scope(PERIOD, tax=t, attributes=a) for t in TAX_VIEWS for a in ATTRIBUTE_VIEWS]
    narrow = [
        s.only("channel", "A").only("channel_kind", "").only("quarter", "20241") for s in plain
    ]
    days = Days(date(2024, 1, 1), date(2024, 1, 10), date(2023, 1, 1), date(2023, 1, 10))
    seen = Scope(PERIOD, rows=RowFilter((("region", ("x",)),)))
    return [*plain, *narrow, seen, Scope(PERIOD, days=days)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(tmp_path_factory.mktemp("questions"))
    line = {"day": "2024-01-03", "channel": "A", "category": "c", "amount_with_tax": "1"}
    lay(opened, [line, line | {"channel": "B", "quantity": "2"}, line | {"day": "2023-02-01"}])
    yield opened
    opened.close()


@pytest.mark.parametrize("name", question_names())
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_every_engine_can_read_it(name: str, dialect: str) -> None:
    for scope in scopes():
        for compiled in compile_question(example(name, scope), frozenset({"category"})):
            assert sqlglot.parse_one(compiled.sql, dialect=dialect)
            assert compiled.sql.count("?") == len(compiled.values)


@pytest.mark.parametrize("name", question_names())
def test_it_reads_what_its_head_says_and_nothing_else(name: str) -> None:
    file = question_file(name)
    assert set(file.inputs) <= PUBLISHED | set(FAMILIES)
    for compiled in compile_question(example(name, Scope(PERIOD)), frozenset()):
        tree = sqlglot.parse_one(compiled.sql, dialect="duckdb")
        made = {cte.alias for cte in tree.find_all(exp.CTE)}
        read = {table.name for table in tree.find_all(exp.Table)} - made
        assert read == set(compiled.reads)
        family = {one for each in file.inputs for one in FAMILIES.get(each, ())}
        assert read <= set(file.inputs) | family


@pytest.mark.parametrize("name", question_names())
def test_it_answers_in_the_columns_of_its_head(name: str, store) -> None:
    for scope in scopes():
        asked = example(name, scope)
        found = answer_question(asked, store.fetch, looking.overridden(store)).frame
        told = question_file(name).columns
        keys = [KEYS] if KEYS in told else []
        expected = [*(asked.by if keys else ()), *(each for each in told if each != KEYS)]
        assert list(found.columns) == expected
        assert question_file(name).says.endswith(".")


def test_a_question_is_a_key_of_a_cache() -> None:
    asked = [Question("bridge_items", Scope(PERIOD), by=("channel",), base=BASE) for _ in range(2)]
    assert asked[0] == asked[1] and len({*asked}) == 1
    assert Question("bridge_items", Scope(PERIOD), by=("product",), base=BASE) != asked[0]


@pytest.mark.parametrize(
    ("name", "parameters", "code"),
    [
        ("drop table", {}, "unknown_question"),
        ("bridge_items", {"by": ("channel",)}, "bad_parameter"),
        ("bridge_items", {"by": ("channel",), "base": 202301}, "bad_parameter"),
        ("bridge_items", {"by": ("channel",), "base": BASE, "more": 1}, "bad_parameter"),
        ("bridge_items", {"by": ("1=1; drop",), "base": BASE}, "unknown_dimension"),
    ],
)
def test_what_no_file_knows_is_refused(name: str, parameters: Any, code: str) -> None:
    with pytest.raises(BadQueryError) as told:
        Question(name, Scope(PERIOD), **parameters)
    assert told.value.code == code


def test_a_head_that_breaks_its_form_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("chanplan.questions.file._ROOM", tmp_path)
    for head in ("select 1", "-- A.\n--\n-- parameters\n--   by: colour  x\nselect 1"):
        (tmp_path / "bad.sql").write_text(head)
        with pytest.raises(ValueError, match=r"bad\.sql"):
            question_file.__wrapped__("bad")


def test_too_long_an_answer_is_refused(store, monkeypatch) -> None:
    monkeypatch.setattr("chanplan.workspace.answers.MOST_ROWS", 1)
    asked = Question("bridge_items", Scope(PERIOD), by=("channel",), base=BASE)
    with pytest.raises(BadQueryError) as told:
        answer_question(asked, store.fetch, frozenset())
    assert told.value.code == "answer_too_long"
