"""`bridge_items` and `product_fates` against an independent reckoning in pandas, line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pandas as pd
import pytest

from chanplan.domain.period import Period
from chanplan.domain.scope import Days, Scope
from chanplan.questions import Question
from chanplan.workspace import looking
from chanplan.workspace.answers import answer_question
from tests.books import lay, open_store

NOW, BASE = Period(202401, 202406), Period(202304, 202309)
PRICED = ["sale", "return"]
COUNTED = [*PRICED, "adjustment", "freight"]
GRAINS = [("channel",), ("channel", "product"), ("partner", "product"), ("category",)]


def drawn_lines(units: list[str]) -> list[dict[str, Any]]:
    """Two hundred lines over three years, with gaps of every kind."""
    drawn = Random(20)
    kinds = ["sale"] * 12 + ["return", "gift", "adjustment", "freight", "transfer", "not_a_sale"]
    return [
        {
            "day": f"{drawn.choice((2022, 2023, 2024))}-{drawn.randint(1, 12):02d}-15",
            "channel": drawn.choice(["A", "B", None]),
            "partner": drawn.choice(["x", "y"]),
            "product": (product := drawn.choice(["p", "q", "r", None])),
            "category": {"p": "c", "q": "d"}.get(product or ""),
            "line_type": drawn.choice(kinds),
            "quantity": str(drawn.randint(-3, 20)) if drawn.random() < 0.8 else None,
            "unit": drawn.choice(units),
            "amount_with_tax": f"{drawn.randint(-200, 2000)}.{drawn.randint(0, 9999):04d}",
            "cost_with_tax": str(drawn.randint(1, 100)) if drawn.random() < 0.5 else None,
        }
        for _ in range(200)
    ]  # fmt: skip


# Columns told by item and unit, and those that only the item as a whole has for certain: a
# summary may tell a line without a quantity beside the unit of its neighbours.
BY_UNIT = ["revenue", "revenue_base", "quantity", "quantity_base", "given", "given_base"]
BY_ITEM = ["net", "net_base", "given_cost", "given_cost_base"]


def total(cells: pd.DataFrame, column: str, kinds: list[str], period: Period) -> Decimal | None:
    """Of the lines of these kinds in a period; None where none of them says a number."""
    rows = cells[cells["line_type"].isin(kinds) & cells["month"].map(period.__contains__)]
    known = [Decimal(value) for value in rows[column] if value is not None]
    return sum(known, Decimal(0)) if known else None


def by_unit(cells: pd.DataFrame) -> tuple[Decimal | None, ...]:
    told = [("amount_with_tax", PRICED), ("quantity", PRICED), ("quantity", ["gift"])]
    cells = cells[cells["quantity"].notna()]
    return tuple(total(cells, *what, period) for what in told for period in (NOW, BASE))


def by_item(cells: pd.DataFrame) -> tuple[Any, ...]:
    told = [("amount_with_tax", COUNTED), ("cost_with_tax", ["gift"])]
    sums = [total(cells, *what, period) for what in told for period in (NOW, BASE)]
    sold = cells[cells["line_type"] == "sale"]["month"]
    sides = [int(any(m in period for m in sold)) for period in (NOW, BASE)]
    ever = (min(sold, default=None), max(sold[sold <= NOW.last], default=None))
    return (*sums, *sides, *ever)


def summed(frame: pd.DataFrame) -> tuple[Any, ...]:
    """An item's rows of the answer as one."""
    sums = [frame[name].dropna().sum() if frame[name].notna().any() else None for name in BY_ITEM]
    sides = [frame[name].max() for name in ("sold", "sold_base")]
    return (*sums, *sides, *(frame[name].iloc[0] for name in ("first_sale", "last_sale")))


@pytest.mark.parametrize("by", GRAINS)
@pytest.mark.parametrize("units", [["瓶"], ["瓶", "箱"]], ids=["one unit", "unlike units"])
def test_it_is_what_the_lines_add_up_to(by, units, tmp_path) -> None:
    lines = drawn_lines(units)
    store = open_store(tmp_path)
    lay(store, lines)
    asked = Question("bridge_items", Scope(NOW), by=by, base=BASE)
    answer = answer_question(asked, store.fetch, looking.overridden(store))
    store.close()
    assert not answer.frame["blurred"].any()
    frame = pd.DataFrame(lines).astype(object)
    frame = frame.where(frame.notna(), None)
    frame["month"] = [int(day[:4] + day[5:7]) for day in frame["day"]]
    items = dict(list(frame.groupby(list(by), dropna=False)))
    found = dict(list(answer.frame.groupby(list(by), dropna=False)))
    assert len(found) > 1 and {*map(str, found)} <= {*map(str, items)}
    for key, cells in items.items():
        own = found.pop(next(each for each in [*found] if str(each) == str(key)))
        assert summed(own) == by_item(cells)
        units_of = dict(list(cells[cells["quantity"].notna()].groupby("unit")))
        known = {unit: by_unit(rows) for unit, rows in units_of.items()}
        told = own[own["unit"].notna()][["unit", *BY_UNIT]].values
        shown = {unit: tuple(figures) for unit, *figures in told}
        assert shown == {unit: row for unit, row in known.items() if any(row)}
    assert found == {}


def test_a_summary_that_mixes_units_gives_way_to_a_finer_one(tmp_path) -> None:
    """Two products in two units: the summary by channel cannot tell them apart, that by product
    can; where one product comes in two units only the lines can."""
    line = {"day": "2024-01-03", "channel": "A", "amount_with_tax": "5", "quantity": "1"}
    for second, reads in (("q", "rollup_product"), ("p", "line_facts")):
        store = open_store(tmp_path / second)
        lay(
            store, [line | {"product": "p", "unit": "瓶"}, line | {"product": second, "unit": "箱"}]
        )
        asked = Question("bridge_items", Scope(NOW), by=("channel",), base=BASE)
        answer = answer_question(asked, store.fetch, frozenset())
        store.close()
        assert answer.reads[0] == reads and answer.reads_lines == (reads == "line_facts")
        assert answer.frame["unit"].tolist() == ["瓶", "箱"]


def test_the_same_days_of_a_month_that_has_begun(tmp_path) -> None:
    """Up to the 10th on both sides; what a source tells by months only counts whole."""
    line = {"channel": "A", "amount_with_tax": "5", "quantity": "1"}
    days = Days(date(2024, 3, 1), date(2024, 3, 10), date(2023, 3, 1), date(2023, 3, 10))
    store = open_store(tmp_path)
    told = ("2024-03-02", "2024-03-20", "2023-03-10", "2023-03-11", "2023-03-05", "2022-03-01")
    lay(store, [line | {"day": day} for day in told])
    scope = Scope(Period(202403, 202403), days=days)
    asked = Question("bridge_items", scope, by=("channel",), base=Period(202303, 202303))
    answer = answer_question(asked, store.fetch, frozenset())
    store.close()
    [row] = answer.frame.to_dict("records")
    assert (row["net"], row["net_base"], row["quantity"], row["quantity_base"]) == (5, 10, 1, 2)
    assert row["first_sale"] == 202203 and answer.reads_lines
