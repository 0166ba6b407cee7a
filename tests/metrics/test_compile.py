"""Queries give the figures of a book that was added up by hand."""

from decimal import Decimal

import pytest
import sqlglot

from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.compile import compile_query
from chanplan.metrics.needed import beside_measures
from chanplan.metrics.query import MetricQuery
from tests.books import ask, lay, open_store, rows

#   net 2024-01: A 100 + 60 − 10 (return) = 150, B 40; gift, transfer and closed order stay out
#   net 2023-01: A 80, C 20
BOOK = [
    {"day": "2024-01-03", "channel": "A", "product": "p", "amount_with_tax": "100",
     "list_with_tax": "125", "discount_with_tax": "25", "cost_with_tax": "60", "quantity": "10"},
    {"day": "2024-01-09", "channel": "A", "product": "q", "amount_with_tax": "60", "quantity": "2"},
    {"day": "2024-01-10", "channel": "A", "product": "p", "amount_with_tax": "-10",
     "cost_with_tax": "-6", "quantity": "-1", "line_type": "return"},
    {"day": "2024-01-11", "channel": "A", "product": "p", "amount_with_tax": "999",
     "cost_with_tax": "5", "quantity": "1", "line_type": "gift"},
    {"day": "2024-01-12", "channel": "A", "amount_with_tax": "500", "line_type": "transfer"},
    {"day": "2024-01-12", "channel": "A", "amount_with_tax": "700", "line_type": "not_a_sale"},
    {"day": "2024-01-13", "channel": "B", "product": "p", "amount_with_tax": "40"},
    {"day": "2024-01-13", "channel": "B", "amount_with_tax": "9000", "basis": "shipment"},
    {"day": "2023-01-13", "channel": "A", "product": "p", "amount_with_tax": "80", "quantity": "8"},
    {"day": "2023-01-14", "channel": "C", "amount_with_tax": "20"},
]  # fmt: skip
JANUARY = Scope(Period(202401, 202401))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    store = open_store(tmp_path_factory.mktemp("book"))
    lay(store, BOOK)
    yield store
    store.close()


def only(store, measure: str, **rest) -> object:
    return ask(store, measure, scope=rest.pop("scope", JANUARY), **rest).frame[measure].iloc[0]


def test_net_sales_counts_sales_and_returns_and_nothing_else(book):
    assert only(book, "net_sales") == Decimal(190)


def test_one_basis_at_a_time(book):
    shipped = Scope(Period(202401, 202401), basis="shipment")
    assert only(book, "net_sales", scope=shipped) == Decimal(9000)


def test_margin_covers_lines_with_a_cost_and_gifts_lower_it(book):
    """(100 − 60) + (−10 + 6) − 5 = 31 over 100 − 10 = 90 of costed sales."""
    assert only(book, "gross_margin") == Decimal(31)
    assert only(book, "cost") == Decimal(59)
    assert only(book, "gross_margin_rate") == Decimal("0.344444")


def test_average_price_leaves_out_lines_without_quantity(book):
    """(100 + 60 − 10) / (10 + 2 − 1) = 150 / 11; B's 40 has no quantity."""
    assert only(book, "quantity") == Decimal(11)
    assert only(book, "average_price") == Decimal("13.636364")


def test_discount_rate_is_a_ratio_of_sums(book):
    assert only(book, "discount") == Decimal(25)
    assert only(book, "list_amount") == Decimal(125)
    assert only(book, "discount_rate") == Decimal("0.2")


def test_last_year_stands_beside_and_a_member_without_lines_is_zero(book):
    found = ask(book, "net_sales", scope=JANUARY, by=("channel",), compare="last_year")
    assert rows(found) == [
        ("A", Decimal(150), Decimal(80)),
        ("B", Decimal(40), Decimal(0)),
        ("C", Decimal(0), Decimal(20)),
    ]


def test_a_base_month_is_told_as_the_month_it_is_compared_with(book):
    found = ask(book, "net_sales", scope=JANUARY, by=("month",), compare="last_year")
    assert rows(found) == [(202401, Decimal(190), Decimal(100))]


def test_previous_is_the_span_before(book):
    scope = Scope(Period(202401, 202412))
    found = ask(book, "net_sales", scope=scope, compare="previous")
    assert rows(found) == [(Decimal(190), Decimal(100))]


def test_without_any_base_the_base_is_unknown_and_not_zero(book):
    scope = Scope(Period(202301, 202301))
    found = ask(book, "net_sales", scope=scope, by=("channel",), compare="last_year")
    assert rows(found) == [("A", Decimal(80), None), ("C", Decimal(20), None)]


def test_members_sum_to_the_total_from_every_relation(book):
    """Summaries and lines answer alike: salesperson has no summary."""
    by = [
        ("channel",),
        ("product",),
        ("region", "category"),
        ("salesperson",),
        ("channel", "month"),
    ]
    for keys in by:
        found = ask(book, "net_sales", "cost", scope=JANUARY, by=keys)
        assert sum(found.frame["net_sales"].dropna()) == Decimal(190)
        assert sum(found.frame["cost"].dropna()) == Decimal(59)


def test_lines_are_read_only_when_no_summary_answers_and_it_is_told(book):
    assert not ask(book, "net_sales", scope=JANUARY, by=("channel", "product")).reads_lines
    assert ask(book, "net_sales", scope=JANUARY, by=("salesperson",)).reads_lines


def test_a_filter_on_not_stated_is_the_empty_text(book):
    assert only(book, "net_sales", scope=JANUARY.only("product", "")) is None
    assert only(book, "net_sales", scope=JANUARY.only("product", "p")) == Decimal(130)


def test_filters_of_one_dimension_are_or_of_two_are_and(book):
    both = JANUARY.only("channel", "A", "B")
    assert only(book, "net_sales", scope=both) == Decimal(190)
    assert only(book, "net_sales", scope=both.only("product", "q")) == Decimal(60)


def test_the_row_filter_is_part_of_every_answer(book):
    from dataclasses import replace

    from chanplan.domain.scope import RowFilter

    seen = replace(JANUARY, rows=RowFilter((("channel", ("B",)),)))
    for measure in ("net_sales", "orders", "active_customers"):
        sql = compile_query(MetricQuery((measure,), seen))
        assert "B" in sql.values
    assert only(book, "net_sales", scope=seen) == Decimal(40)


def test_channel_kind_comes_from_the_channels_name(tmp_path):
    store = open_store(tmp_path)
    lay(
        store,
        [
            {"day": "2024-01-03", "channel": "天猫旗舰店", "amount_with_tax": "1"},
            {"day": "2024-01-03", "channel": "经销商", "amount_with_tax": "2"},
            {"day": "2024-01-03", "channel": "Kansas", "amount_with_tax": "4"},
        ],
    )
    found = rows(ask(store, "net_sales", scope=JANUARY, by=("channel_kind",)))
    expected = [("offline", Decimal(2)), ("online", Decimal(1)), (None, Decimal(4))]
    assert found == expected
    store.close()


def test_unlike_units_and_currencies_are_never_added(tmp_path):
    store = open_store(tmp_path)
    line = {"day": "2024-01-03", "channel": "A", "amount_with_tax": "5", "quantity": "1"}
    lay(store, [line | {"unit": "箱"}, line | {"unit": "瓶"}, line | {"channel": "B"}])
    assert only(store, "quantity") is None
    assert only(store, "net_sales") == Decimal(15)
    by_channel = ask(store, "quantity", scope=JANUARY, by=("channel",))
    assert rows(by_channel) == [("A", None), ("B", Decimal(1))]
    store.close()
    priced = open_store(tmp_path / "currencies")
    lay(priced, [line | {"currency": "CNY"}, line | {"currency": "USD"}])
    assert only(priced, "net_sales") is None
    priced.close()


def test_order_and_limit_by_a_sum_and_by_a_ratio(book):
    top = ask(book, "net_sales", scope=JANUARY, by=("channel",), order="net_sales", limit=1)
    assert rows(top) == [("A", Decimal(150))]
    dearest = ask(
        book, "average_price", scope=JANUARY, by=("product",), order="average_price", limit=1
    )
    assert rows(dearest) == [("q", Decimal(30))]


@pytest.mark.parametrize("bad", [{"measures": ("sales",)}, {"by": ("colour",)}, {"measures": ()}])
def test_names_outside_the_catalogue_are_refused(bad):
    with pytest.raises(BadQueryError):
        MetricQuery(**({"measures": ("net_sales",), "scope": JANUARY} | bad))


def every_query():
    """All measures of lines by every dimension, alone and with a comparison, under both views."""
    shown = (measure.name for measure in catalogue().shown())
    measures = tuple(name for name in shown if not beside_measures([name]))
    for dimension in (None, *catalogue().dimensions):
        for compare in ("none", "last_year"):
            for attributes in ("current", "then"):
                scope = Scope(Period(202301, 202412), attributes=attributes).only("channel", "A")
                by = (dimension,) if dimension else ()
                yield MetricQuery(measures, scope, by, compare)


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_every_query_parses_in_every_engines_sql(dialect):
    for query in every_query():
        compiled = compile_query(query, frozenset({"category"}))
        assert sqlglot.parse_one(compiled.sql, dialect=dialect)
        assert compiled.sql.count("?") == len(compiled.values)


def test_every_query_runs(book):
    for query in every_query():
        found = ask(
            book, *query.measures, scope=query.scope, by=query.by, compare=query.compare
        ).frame
        assert list(found.columns)[: len(query.by)] == list(query.by)


def test_levels_lead_up_without_a_circle():
    dimensions = catalogue().dimensions
    for name in dimensions:
        path, above = [name], dimensions[name].within
        while above:
            assert above in dimensions
            assert above not in path
            path.append(above)
            above = dimensions[above].within


def test_moves_are_joined_only_where_somebody_moved_and_the_question_asks_for_it():
    query = MetricQuery(("net_sales",), JANUARY, ("region",))
    assert "_moved_" not in compile_query(query).sql
    assert "rollup_partner_moved_current" in compile_query(query, frozenset({"region"})).sql
    by_product = MetricQuery(("net_sales",), JANUARY, ("product",))
    assert "_moved_" not in compile_query(by_product, frozenset({"region", "channel"})).sql
    # A summary without partners does not know what moved.
    by_category = MetricQuery(("net_sales",), JANUARY, ("region", "category"))
    assert compile_query(by_category).reads == ("rollup_category",)
    assert compile_query(by_category, frozenset({"region"})).reads_lines
