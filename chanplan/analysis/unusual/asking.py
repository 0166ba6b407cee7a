"""What is asked of a scope and its history, and the answers laid out as tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.unusual import prices
from chanplan.analysis.unusual.candidate import MOST_MEMBERS
from chanplan.analysis.unusual.steps import Steps, by_step, steps
from chanplan.analysis.unusual.tables import Tables
from chanplan.domain.period import Period, shift
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question

MEASURE = "net_sales"
# An older history tells of another company.
MOST_MONTHS = 48
# Prices are held against those of a year: every season and event is in it once.
PRICE_MONTHS = 12
# Items by channel and product whose prices are compared, the largest first.
MOST_ITEMS = 20_000
# Products by month and channel; of more, products are read for all channels together.
MOST_CELLS = 50_000
DIMENSIONS = ("channel", "region", "category", "series", "partner", "product")
Ask = Callable[[MetricQuery | Question], pd.DataFrame]


@dataclass(frozen=True)
class Sources:
    """The answers that a report is made of.

    cells, regions, partners, products  net_sales (partners: and orders) by month and members
    prices, before  net_sales, quantity and average_price by quarter, channel, category, group
                    and product, of the scope and of the twelve months before it
    group           the dimension that groups products: "series", else "category"
    """

    cells: pd.DataFrame
    regions: pd.DataFrame
    partners: pd.DataFrame
    products: pd.DataFrame
    prices: pd.DataFrame
    before: pd.DataFrame
    group: str = "category"
    heirs: dict[str, str] = field(default_factory=dict)


def asked(ask: Ask, scope: Scope, first_month: int, known: Collection[str]) -> Sources:
    """Every answer through `ask`. `known`: the dimensions of DIMENSIONS that have members."""
    first = max(first_month, shift(scope.period.first, -MOST_MONTHS))
    wide = scope.at(Period(min(first, scope.period.first), scope.period.last))
    months = _months(ask, wide, known)
    group = "series" if "series" in known else "category"
    wanted = dict.fromkeys(("quarter", "channel", "category", group, "product"))
    by = tuple(name for name in wanted if name == "quarter" or name in known)
    year = Period(shift(scope.period.first, -PRICE_MONTHS), shift(scope.period.first, -1))
    heirs: dict[str, str] = {}
    empty = pd.DataFrame()
    now = before = products = empty
    if "product" in known:
        fates = ask(Question("product_fates", wide))
        heirs = {p: s for p, s in zip(fates["product"], fates["successor"], strict=True) if s}
        now, before = (_prices(ask, scope.at(span), by) for span in (scope.period, year))
        large = _large((now, before), heirs)
        by_product = _product_split(now, len(large) * len(wide.period))
        products = months(*by_product, only=large)
    return Sources(
        months("channel", "category"),
        months("channel", "region") if "region" in known else empty,
        months("channel", "partner", orders=True) if "partner" in known else empty,
        products,
        now,
        before,
        group,
        heirs,
    )


def _months(ask: Ask, wide: Scope, known: Collection[str]) -> Callable[..., pd.DataFrame]:
    def asked_by(*wanted: str, orders: bool = False, only: Sequence[str] = ()) -> pd.DataFrame:
        by = tuple(name for name in wanted if name in known)
        measures = (MEASURE, "orders") if orders else (MEASURE,)
        scope = wide.only("product", *only) if only else wide
        return ask(MetricQuery(measures, scope, ("month", *by)))

    return asked_by


def _prices(ask: Ask, scope: Scope, by: tuple[str, ...]) -> pd.DataFrame:
    measures = (MEASURE, "quantity", "average_price")
    return ask(MetricQuery(measures, scope, by, order=MEASURE, limit=MOST_ITEMS))


def _large(answers: Sequence[pd.DataFrame], heirs: dict[str, str]) -> list[str]:
    """The largest products of either span, and those that they follow or are followed by."""
    names: set[str] = set()
    for answer in answers:
        sold = answer.dropna(subset=["product"]).groupby("product")[MEASURE].sum()
        sold = pd.to_numeric(sold).sort_values(ascending=False, kind="stable")
        names |= set(sold.index[:MOST_MEMBERS])
    ends = {_last(name, heirs) for name in names}
    return sorted(names | {name for name in heirs if _last(name, heirs) in ends} | ends)


def _product_split(now: pd.DataFrame, rows: int) -> tuple[str, ...]:
    """By channel as well where that is short: a channel's own story then leaves its products."""
    channels = now["channel"].nunique() if "channel" in now else 1
    split = ("category", "product")
    return ("channel", *split) if channels * rows <= MOST_CELLS else split


def _last(product: str, heirs: dict[str, str]) -> str:
    """The product that has taken its place in the end; a circle ends where it began."""
    seen = {product}
    while (following := heirs.get(product)) is not None and following not in seen:
        seen.add(following)
        product = following
    return product


def tables(sources: Sources, period: Period) -> Tables | None:
    """The answers as tables by steps; None where the history is too short to judge by."""
    sold = sources.cells
    if sold.empty:
        return None
    over = steps(int(sold["month"].min()), period)
    if not over.is_enough:
        return None
    products = sources.products
    if len(products):
        names = [_last(str(name), sources.heirs) for name in products["product"]]
        products = products.assign(product=names)
    cells = _table(sold, ("channel", "category"), over)
    within = cells if "channel" in products else _together(cells)
    counted = "orders" if "orders" in sources.partners else MEASURE
    return Tables(
        over,
        cells,
        _table(sources.regions, ("channel", "region"), over),
        _table(sources.partners, ("channel", "partner"), over),
        _table(sources.partners, ("channel", "partner"), over, counted),
        _table(products, ("channel", "category", "product"), over),
        within,
        _items(sources),
    )


def _together(cells: pd.DataFrame) -> pd.DataFrame:
    """The same for all channels at once, as of a channel that nobody states."""
    summed = cells.groupby(level="category").sum()
    return pd.concat({"": summed}, names=["channel"])


def _table(
    frame: pd.DataFrame, dimensions: Sequence[str], over: Steps, measure: str = MEASURE
) -> pd.DataFrame:
    """With every dimension as a level of the index: one that nobody states is ""."""
    if frame.empty or not set(dimensions) & set(frame):
        index = pd.MultiIndex.from_arrays([[]] * len(dimensions), names=list(dimensions))
        return pd.DataFrame(index=index, columns=range(over.first, over.end), dtype=float)
    missing = {name: "" for name in dimensions if name not in frame}
    return by_step(frame.assign(**missing), list(dimensions), measure, over)


def _items(sources: Sources) -> pd.DataFrame:
    """What was sold now at which price, beside the price before."""
    now, before = (_priced(frame, sources.group) for frame in (sources.prices, sources.before))
    return prices.items(now, before)


def _priced(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    needed = ["product", "average_price", "quantity"]
    told = frame.dropna(subset=needed) if len(frame) else pd.DataFrame(columns=[*needed, MEASURE])
    numbers = {
        "price": "average_price",
        "quantity": "quantity",
        "amount": MEASURE,
    }
    texts = {name: name for name in ("channel", "category", "product")} | {"group": group}
    return pd.DataFrame(
        {
            name: [str(value or "") for value in told[column]] if column in told else ""
            for name, column in texts.items()
        }
        | {
            name: [float(value or arithmetic.ZERO) for value in told[column]]
            for name, column in numbers.items()
        }
    )
