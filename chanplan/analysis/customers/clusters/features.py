"""The traits of customers as numbers, one column each, worked out of their facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]


def features(facts: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """In: the facts of customers (`customers.facts.COLUMNS`). Out: the same rows, a float column
    for each name of `choice.FEATURES`; NaN where it is not known.

    recency (days), frequency (orders), amount (net sales), order_value (net sales per order), price
    (net sales per base unit, of those who buy in the unit that most buy in), categories, channels
    (how many), channel_share (of net sales, in the channel with most, 0…1), discount (share of the
    list amount, 0…1), returns (share of what was bought, 0…1), growth (year against the year before
    over their sum, −1…1: −1 bought nothing any more; unknown without a year before)
    """
    return pd.DataFrame({name: _MADE[name](facts) for name in names}, index=facts.index)


def ordered(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts by net sales, largest first, then by customer: so they come, and a frame in
    another order is brought into this one, so that labels do not hang on the order of rows."""
    net, names = column(facts, "net"), facts["customer"].to_numpy(dtype=object)
    tied = np.flatnonzero(net[1:] == net[:-1])
    if (net[1:] <= net[:-1]).all() and (names[tied] <= names[tied + 1]).all():
        return facts
    by = pd.DataFrame({"net": -net, "customer": names}).sort_values(["net", "customer"])
    return facts.iloc[by.index.to_numpy()]


def column(facts: pd.DataFrame, name: str) -> Numbers:
    """A column as floats, NaN where nothing is known; decimals of Arrow's in one step, which
    takes a tenth of the time."""
    values = facts[name]
    if isinstance(values.dtype, pd.ArrowDtype):
        values = values.astype("double[pyarrow]")
    return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan))


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """Nothing is known of a share of nothing."""
    known = np.where(whole > 0, whole, np.nan)
    return np.clip(part / known, 0.0, 1.0)


def _order_value(facts: pd.DataFrame) -> Numbers:
    return column(facts, "net") / np.maximum(column(facts, "orders"), 1.0)


def _price(facts: pd.DataFrame) -> Numbers:
    """A bottle is not compared with a case: of several units the one that most buy in is told."""
    told = facts["unit"].dropna().astype(str)
    if told.empty:
        return np.full(len(facts), np.nan)
    most = min(told.mode())
    return np.where(facts["unit"].eq(most).fillna(False), column(facts, "price"), np.nan)


def _channel_share(facts: pd.DataFrame) -> Numbers:
    return _share(column(facts, "channel_net"), column(facts, "net"))


def _discount(facts: pd.DataFrame) -> Numbers:
    given = column(facts, "discount")
    return _share(given, column(facts, "net") + column(facts, "returned") + given)


def _returns(facts: pd.DataFrame) -> Numbers:
    returned = column(facts, "returned")
    return _share(returned, column(facts, "net") + returned)


def _growth(facts: pd.DataFrame) -> Numbers:
    now, before = column(facts, "net_year"), column(facts, "net_year_before")
    now = np.maximum(now, 0.0)
    return np.asarray((now - before) / np.where(before > 0, now + before, np.nan))


def _plain(name: str) -> Callable[[pd.DataFrame], Numbers]:
    return lambda facts: column(facts, name)


_MADE: dict[str, Callable[[pd.DataFrame], Numbers]] = {
    "recency": _plain("recency"),
    "frequency": _plain("orders"),
    "amount": _plain("net"),
    "order_value": _order_value,
    "price": _price,
    "categories": _plain("categories"),
    "channels": _plain("channels"),
    "channel_share": _channel_share,
    "discount": _discount,
    "returns": _returns,
    "growth": _growth,
}
