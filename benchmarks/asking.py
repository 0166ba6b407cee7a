"""`ask` beside its own SQL run bare on a copy of the database, in turn, within one run."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.compile import compile_query
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace

YEAR = Scope(Period(202301, 202312))
ALL = Scope(Period(202101, 202312))
QUESTIONS = {
    "total": MetricQuery(("net_sales", "orders", "active_customers"), YEAR, compare="last_year"),
    "month × channel": MetricQuery(("net_sales",), ALL, ("month", "channel")),
    "channel, compared": MetricQuery(
        ("net_sales", "orders"), YEAR, ("channel",), compare="last_year"
    ),
    "products of a channel": MetricQuery(
        ("net_sales", "quantity", "average_price"), YEAR.only("channel", "天猫"), ("product",)
    ),
    "customers by month": MetricQuery(("active_customers",), ALL, ("month",)),
    "salesperson (lines)": MetricQuery(("net_sales",), YEAR, ("salesperson",)),
}
REPEATS = 15


def measure(export: Path, folder: Path) -> None:
    """Import once, then print milliseconds of ask and of its SQL, their ratio and difference."""
    home = folder / "asking"
    with Workspace.open(home) as workspace:
        original = workspace.receive(export.name, export)
        workspace.load(original, workspace.inspect(original))
    copy = folder / "copy.duckdb"
    shutil.copy(home / "chanplan.duckdb", copy)
    with Workspace.open(home) as workspace, duckdb.connect(str(copy), read_only=True) as engine:
        print("ask                      ask ms    bare ms   ratio   over ms")
        for name, query in QUESTIONS.items():
            compiled = compile_query(query)
            asked, bare = _in_turn(
                lambda query=query: workspace.ask(query),
                lambda it=compiled: engine.sql(it.sql, params=list(it.values)).to_arrow_table(),
            )
            over = asked - bare
            print(f"  {name:<22} {asked:7.1f}  {bare:8.1f}   {asked / bare:5.2f}   {over:7.1f}")


def _in_turn(*ways: Callable[[], object]) -> list[float]:
    """Median milliseconds of each way, run alternately after one warm-up."""
    times: list[list[float]] = [[] for _ in ways]
    for turn in range(REPEATS + 1):
        for at, way in enumerate(ways):
            start = time.perf_counter()
            way()
            if turn:
                times[at].append((time.perf_counter() - start) * 1000)
    return [statistics.median(some) for some in times]
