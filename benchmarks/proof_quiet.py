"""Quiet companies: drawn without any planted truth, they should give nothing called unusual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from chanplan.analysis import unusual
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.sample import NONE, Company, simulate
from chanplan.sample.ledger import COUNTED

FIRST_MONTH = 202301
# A month, a quarter, twelve months, by turns.
SCOPES = (Period(202511, 202511), Period(202507, 202509), Period(202501, 202512))
FIRST_SEED = 1
# Of so many quiet companies at most this part may give a finding.
MOST = 0.03

Result = tuple[str, int, int]
Ask = Callable[[MetricQuery | Question], pd.DataFrame]


def prove(_folder: Path, companies: int) -> Iterator[Result]:
    """Counts the companies with a finding; beyond MOST of them, the surplus is wrong."""
    loud = [seed for seed in range(FIRST_SEED, FIRST_SEED + companies) if _is_loud(seed)]
    low, high = interval(len(loud), companies)
    rate = len(loud) / companies
    print(f"quiet companies with a finding: {len(loud)} of {companies} ({rate:.1%},"
          f" 95 % interval {low:.1%} to {high:.1%}); seeds {loud}")  # fmt: skip
    claim = (
        f"of quiet companies at most 3 % give a finding: {len(loud)} did, {rate:.1%}"
        f" (95 % interval {low:.1%}–{high:.1%})"
    )
    yield claim, companies, max(0, len(loud) - int(MOST * companies))


def _is_loud(seed: int) -> bool:
    found = report(answering(simulate(seed, NONE)), SCOPES[seed % len(SCOPES)]).findings
    for each in found:
        print(f"  seed {seed}: {each.rule} {dict(each.where)} {each.money:,.0f} {each.ratio:.2f}")
    return bool(found)


def report(ask: Ask, period: Period) -> unusual.Report:
    """What the pages would tell of the company's own sales in this period."""
    scope = Scope(period, "shipment")
    sources = unusual.asked(ask, scope, FIRST_MONTH, unusual.DIMENSIONS)
    return unusual.find(sources, period)


def answering(company: Company) -> Ask:
    """The workspace's answers of the company's own sales, worked out by pandas from its lines."""
    sales = company.sales
    lines = sales[(sales["basis"] == "shipment") & sales["line_type"].isin(COUNTED)]
    goods = company.products.set_index("product")
    month = lines["month"]
    lines = lines.assign(
        category=lines["product"].map(goods["category"]),
        series=lines["product"].map(goods["series"]),
        quarter=month // 100 * 10 + (month % 100 - 1) // 3 + 1,
        net_sales=lines["amount_cents"] / 100,
        quantity=lines["base_quantity"],
    )
    followed = company.products.dropna(subset=["successor"])[["product", "successor"]]

    def ask(query: MetricQuery | Question) -> pd.DataFrame:
        if isinstance(query, Question):
            return followed
        return _summed(lines, query)

    return ask


def _summed(lines: pd.DataFrame, query: MetricQuery) -> pd.DataFrame:
    period = query.scope.period
    kept = lines[(lines["month"] >= period.first) & (lines["month"] <= period.last)]
    for dimension, members in query.scope.where:
        kept = kept[kept[dimension].isin(members)]
    groups = kept.groupby(list(query.by), dropna=False)
    sums = groups.agg(
        net_sales=("net_sales", "sum"), quantity=("quantity", "sum"), orders=("order", "nunique")
    )
    priced = sums["quantity"].where(sums["quantity"] > 0)
    return sums.assign(average_price=sums["net_sales"] / priced).reset_index()


def interval(count: int, of: int, chance: float = 0.05) -> tuple[float, float]:
    """The exact interval of a share (Clopper & Pearson 1934)."""
    from scipy import stats

    low = float(stats.beta.ppf(chance / 2, count, of - count + 1)) if count else 0.0
    high = float(stats.beta.ppf(1 - chance / 2, count + 1, of - count)) if count < of else 1.0
    return low, high
