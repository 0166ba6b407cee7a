"""How long customers take: `python -m benchmarks.segmentation`, which writes docs/segmentation.md.

A million customers with ten million lines of three years are imported; then each thing that is
measured (a function of MEASURED) is done by the product and by the same done bare, in turn and
within one run, on the same rows. A further thing is one more function.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from chanplan.analysis.customers.clusters import Choice, Clustering
from chanplan.analysis.customers.clusters.fitting import one_thread
from chanplan.analysis.customers.facts import Asked
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace import Workspace

PAGE = Path(__file__).parents[1] / "docs" / "segmentation.md"
LINES = 10_000_000
# A customer for so many lines, an order for so many.
A_CUSTOMER, AN_ORDER = 10, 3
AS_OF = date(2023, 12, 31)
REPEATS = 3
# Orders of a customer lie on days of its own; a few buy very often, most now and then.
_EXPORT = """
select strftime(date '2021-01-01' + (hash(orders * 7) % 1095)::integer, '%Y-%m-%d') as 日期,
    ['天猫', '京东', '抖音', '快手'][(1 + hash(orders) % 4)::integer] as 渠道,
    '品类' || hash(line * 5) % 30 as 品类,
    'C' || floor({customers} * pow((hash(orders * 11) % 1000003) / 1000003.0, 1.15))::bigint
        as 客户编码,
    'SO' || orders as 订单编号,
    printf('%.2f', (1 + hash(line * 19) % 90000) / 100.0) as 金额
from (select line, line // {an_order} as orders from range({lines}) as r(line))
"""
# RFM in DuckDB's own words over a plain table, with nothing but what the answer needs.
_BARE_RFM = """
with orders as (
    select customer, order_number, date, sum(amount) as net from plain group by all
), money as (
    select customer, count(*) as orders, sum(net) as net, max(net) as largest, max(date) as last
    from orders group by all
), days as (
    select distinct customer, date from orders
), active as (
    select customer, count(distinct month(date) + 12 * year(date)) as months,
        min(month(date) + 12 * year(date)) as since, max(month(date) + 12 * year(date)) as until
    from days group by all
), gaps as (
    select customer, date - lag(date) over (partition by customer order by date) as gap
    from days semi join (select * from active
        where months >= 6 and 3 * months >= 2 * (until - since + 1)) using (customer)
), usual as (
    select customer, median(gap) as gap from gaps group by all having median(gap) <= 31
), each_one as (
    select *, date '2023-12-31' - last as recency, gap is not null as steady, orders >= 2 as judged,
        months / (12 + 12 * 2023 - since + 1) as part
    from money join active using (customer) left join usual using (customer)
), ranked as (
    select *, count(*) over (partition by judged) as every,
        rank() over (partition by judged order by recency) as r_rank,
        rank() over (partition by judged order by orders) as f_rank,
        rank() over (partition by judged order by net) as m_rank
    from each_one
), scored as (
    select *, case when steady then greatest(1, 6 - ceil(greatest(1, recency / greatest(gap, 7))))
            else ceil(5 * (every - r_rank + 1) / every) end as r,
        case when steady then 1 + (part >= 0.9)::int + (3 * part >= 2)::int + (part >= 0.5)::int
                + (3 * part >= 1)::int
            when 2 * largest > net and orders <= 3
                then least(3, 1 + floor(5 * (f_rank - 1) / every))
            else 1 + floor(5 * (f_rank - 1) / every) end as f,
        1 + floor(5 * (m_rank - 1) / every) as m
    from ranked
)
select customer, case when not judged then 'few_orders' else case when m >= 4 then 'important_'
        else 'general_' end || case when r >= 4 and f >= 4 then 'value' when r >= 4 then 'develop'
        when f >= 4 then 'keep' else 'winback' end end as segment,
    recency, case when steady then months else orders end as frequency, net as monetary, r, f, m,
    steady, gap, orders
from scored order by monetary desc, customer
"""

# What clusters are made of, with nothing else: an order is one row, a category one of a customer.
_BARE_TRAITS = """
with orders as (
    select customer, order_number, sum(amount) as net, max(date) as last from plain group by all
), bought as (
    select customer, count(*) as orders, sum(net) as net, max(last) as last from orders group by all
), wide as (
    select customer, count(*) as categories
    from (select distinct customer, category from plain) group by all
)
select date '2023-12-31' - last as recency, orders, net::double as net, categories
from bought join wide using (customer)
"""


@dataclass(frozen=True)
class Bench:
    """What is measured on: the product over a store, and a plain table of the same lines."""

    workspace: Workspace
    bare: duckdb.DuckDBPyConnection
    customers: int
    lines: int
    repeats: int

    @property
    def asked(self) -> Asked:
        return Asked("consumer", Scope(Period(202101, 202312)), AS_OF)


@dataclass(frozen=True)
class Row:
    """One measured thing: seconds of ours and of the bare way, the limit of their ratio."""

    name: str
    ours: float
    bare: float
    limit: float
    note: str

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    @property
    def is_over(self) -> bool:
        return self.ratio > self.limit


def rfm(bench: Bench) -> Row:
    """The types of all customers, from their lines, against SQL written for nothing else."""
    customers = bench.workspace.customers
    found: dict[str, pd.DataFrame] = {}

    def ours() -> None:
        found["ours"] = customers.fresh(bench.asked)

    def bare() -> None:
        found["bare"] = bench.bare.sql(_BARE_RFM).to_arrow_table().to_pandas()

    times = in_turn(bench.repeats, ours, bare)
    same = _types(found["ours"]) == _types(found["bare"])
    if not same:
        raise SystemExit("the two ways do not give the same types")
    counts = found["ours"]["segment"].astype(object).value_counts()
    note = f"{len(found['ours']):,} customers, the same {len(counts)} types both ways"
    return Row("RFM of every customer", *times, 1.5, note)


def clusters(bench: Bench) -> Row:
    """Traits of all customers, the search for a number of groups, their fit, assignment and
    explanation; against traits in SQL and one k-means with that number of groups."""
    found: dict[str, Clustering] = {}

    def ours() -> None:
        found["ours"] = bench.workspace.customers.fresh_clusters(bench.asked, Choice())

    def bare() -> None:
        known = bench.bare.sql(_BARE_TRAITS).to_arrow_table().to_pandas().to_numpy(dtype=float)
        with one_thread():
            _bare_kmeans(known, found["ours"].k or 2)

    times = in_turn(bench.repeats, ours, bare)
    one = found["ours"]
    told = f"{one.k} groups proposed of 2 to 8, silhouette {one.silhouette:.2f}, stability"
    note = f"{told} {one.stability:.2f}; {one.customers:,} customers assigned"
    return Row("Clusters of every customer", *times, 2, note)


def _bare_kmeans(known: np.ndarray, k: int) -> None:
    """Logarithms in robust units, one fit."""
    from sklearn.cluster import KMeans

    units = np.log1p(np.maximum(known, 0))
    low, middle, high = np.percentile(units, [25, 50, 75], axis=0)
    units = np.clip((units - middle) / np.maximum((high - low) / 1.349, 0.1), -3, 3)
    KMeans(k, n_init=1, random_state=0).fit(units)


# What is measured, in this order. A further thing is one more function from Bench to Row.
MEASURED: tuple[Callable[[Bench], Row], ...] = (rfm, clusters)


def in_turn(repeats: int, *ways: Callable[[], object]) -> list[float]:
    """Median seconds of each way, run one after the other so many times after a warm-up."""
    times: list[list[float]] = [[] for _ in ways]
    for turn in range(repeats + 1):
        for at, way in enumerate(ways):
            begun = time.perf_counter()
            way()
            if turn:
                times[at].append(time.perf_counter() - begun)
    return [statistics.median(some) for some in times]


def main() -> int:
    """Imports, measures, prints and writes the page; 1 where something is over its limit."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--lines", type=int, default=LINES)
    said.add_argument("--repeats", type=int, default=REPEATS)
    said.add_argument("--only", nargs="*", help="names of functions")
    said.add_argument("--keep", action="store_true", help="do not write the page")
    options = said.parse_args()
    chosen = [one for one in MEASURED if not options.only or one.__name__ in options.only]
    with tempfile.TemporaryDirectory() as folder:
        rows, told = _measured(Path(folder), options.lines, options.repeats, chosen)
    page = _page(rows, told)
    print(page)
    if not options.keep and not options.only:
        PAGE.write_text(page, encoding="utf-8")
    return int(any(row.is_over for row in rows))


def _measured(
    folder: Path, lines: int, repeats: int, chosen: list[Callable[[Bench], Row]]
) -> tuple[list[Row], str]:
    export = folder / "sales.csv"
    sql = _EXPORT.format(lines=lines, customers=lines // A_CUSTOMER, an_order=AN_ORDER)
    with duckdb.connect() as engine:
        engine.execute(f"copy ({sql}) to '{export}' (header)")
    with Workspace.open(folder / "home") as workspace, duckdb.connect(folder / "bare.db") as bare:
        begun = time.perf_counter()
        original = workspace.receive(export.name, export)
        counts = workspace.load(original, workspace.inspect(original)).counts
        print(f"{counts.loaded:,} lines in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        bare.execute(
            "create table plain as select 日期::date as date, 渠道 as channel, 品类 as category,"
            " 客户编码 as customer, 订单编号 as order_number, 金额::decimal(18, 4) as amount"
            f" from read_csv('{export}', all_varchar = true)"
        )
        memory, threads = workspace.settings.share.memory, os.cpu_count()
        bare.execute(f"set memory_limit = '{memory}'")
        who = bare.execute("select count(distinct customer) from plain").fetchall()[0]
        bench = Bench(workspace, bare, int(who[0]), counts.loaded, repeats)
        rows = [one(bench) for one in chosen]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    told = f"{bench.lines:,} lines, {bench.customers:,} customers; {threads} cores, load"
    return rows, f"{told} {os.getloadavg()[0]:.1f} at the end; peak of the program {peak:.1f} GiB"


def _types(found: pd.DataFrame) -> dict[str, int]:
    """How many of each type, and a sum that no other assignment is likely to have."""
    told = found.astype({"segment": object})
    counts = told["segment"].value_counts().to_dict()
    places = told["customer"].str.slice(1).astype("int64")
    return {
        name: int(count) + int(places[(told["segment"] == name).to_numpy()].sum())
        for name, count in counts.items()
    }


def _page(rows: list[Row], told: str) -> str:
    lines = [
        "# Customers in numbers",
        "",
        "Written by `python -m benchmarks.segmentation`: what the product takes beside the same",
        "done bare, in turn within one run, medians after a warm-up. What is bare reads",
        "a plain table of the same lines; the product reads what counts of all imports.",
        "",
        f"{told}. {datetime.now(UTC):%Y-%m-%d}.",
        "",
        "| what | product s | bare s | ratio | limit | |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {row.ours:.2f} | {row.bare:.2f} | {row.ratio:.2f} | {row.limit:g} |"
        f" {row.note}{' — **over**' if row.is_over else ''} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
