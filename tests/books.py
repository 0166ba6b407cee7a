"""Small books of sales lines that a reader can add up, laid into a real store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from chanplan.domain.company import Counting
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.settings import Share
from chanplan.store import Store, batches, keeping
from chanplan.workspace import looking
from chanplan.workspace.answers import Answer, answer
from tests.stores import empty

_TEXT = (
    "source basis line_type channel partner region province product category customer"
    " salesperson order_number unit currency"
).split()
_MONEY = "amount_with_tax amount_without_tax list_with_tax discount_with_tax cost_with_tax".split()
_MONTH = "year(date) * 100 + month(date)"
_DEFAULTS = {"source": "s", "basis": "order", "line_type": "sale"}


def open_store(home: Path, cut_off_day: int | None = None, share: Share = Share()) -> Store:  # noqa: B008
    """A store in `home` with the ordinary calendar."""
    if not (home / keeping.DATABASE).exists():
        empty(home)
    return Store(home, Counting(cut_off_day=cut_off_day), share=share)


def lay(store: Store, lines: Iterable[Mapping[str, Any]], batch: int = 1) -> None:
    """Write lines as one batch and settle it. A line needs a `day` ("2024-03-15")."""
    rows = [
        {
            "batch": batch,
            "line": number,
            "date": date.fromisoformat(line["day"]),
            "grain": line.get("grain", "day"),
            **{name: line.get(name, _DEFAULTS.get(name)) for name in _TEXT},
            **{name: _money(line.get(name)) for name in _MONEY},
            "quantity": _money(line.get("quantity")),
            "base_quantity": _money(line.get("quantity")),
        }
        for number, line in enumerate(lines, start=2)
    ]
    with store.taking_in(batch) as writer:
        writer.lend("laid", pa.Table.from_pylist(rows, _schema()))
        columns = {name: name for name in _schema().names}
        writer.insert("sales_line", {**columns, "month": _MONTH}, "from laid")
        store.settling.fit(writer, batch)
        batches.activate(writer, "sales", batch)
        store.settling.batches(writer, batch)


def ask(store: Store, *measures: str, scope: Scope, **rest: Any) -> Answer:
    """Ask a store as the workspace would."""
    query = MetricQuery(measures=measures, scope=scope, **rest)
    return answer(query, store.fetch, looking.overridden(store))


def rows(found: Answer) -> list[tuple[Any, ...]]:
    """The frame as plain tuples, Decimals as they are."""
    return [tuple(row) for row in found.frame.itertuples(index=False)]


def _money(value: str | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _schema() -> pa.Schema:
    money = pa.decimal128(18, 4)
    amounts = [*_MONEY, "quantity", "base_quantity"]
    return pa.schema(
        [("batch", pa.int32()), ("line", pa.int64()), ("date", pa.date32()), ("grain", pa.string())]
        + [(name, pa.string()) for name in _TEXT]
        + [(name, money) for name in amounts]
    )
