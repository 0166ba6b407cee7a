"""How customers and their money moved between segments from one day to another."""

from __future__ import annotations

from typing import Final

import pandas as pd

from chanplan.analysis.customers import rfm

# Who had not bought yet at the first day, and who is there no more at the second.
NOT_YET: Final = "not_yet"
GONE: Final = "gone"


def moves(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """A row per customer of either day: customer, was, now, money_before, money (float of the
    twelve months where given, else of all), lost (money_before − money, not below 0).

    In: customer, segment, monetary of each day; `value` where money is told otherwise.
    """
    sides = [_side(before, "was", "money_before"), _side(now, "now", "money")]
    both = sides[0].merge(sides[1], on="customer", how="outer")
    both["was"] = both["was"].fillna(NOT_YET)
    both["now"] = both["now"].fillna(GONE)
    return both.fillna({"money_before": 0.0, "money": 0.0})


def matrix(moved: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """A row per way: was, now, customers, money_before, money; by the order of segments.

    Customers of the rows that are not NOT_YET sum to those of the first day, of those that are
    not GONE to those of the second; so does money.
    """
    ways = moved.groupby(["was", "now"], as_index=False, observed=True).agg(
        customers=("customer", "size"),
        money_before=("money_before", "sum"),
        money=("money", "sum"),
    )
    places = {name: at for at, name in enumerate([*order, NOT_YET, GONE])}
    last = len(places)
    ways["place"] = [places.get(was, last) * 1000 + places.get(now, last)
                     for was, now in zip(ways["was"], ways["now"], strict=True)]  # fmt: skip
    return ways.sort_values("place").drop(columns="place").reset_index(drop=True)


def fallen(moved: pd.DataFrame) -> pd.DataFrame:
    """The valuable customers who moved down, the most money first: the rows of `moves`."""
    known = moved["was"].isin(rfm.IMPORTANT)
    some = moved[known & (moved["was"] != moved["now"])]
    down = [rfm.moved_down(was, now) for was, now in zip(some["was"], some["now"], strict=True)]
    found = some[pd.Series(down, index=some.index, dtype=bool)]
    return found.sort_values(["money_before", "customer"], ascending=[False, True])


def main_places(labels: pd.DataFrame, mix: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Where each customer spent most in the twelve months to the day, in the shape of labels:
    customer, segment (the member), monetary (all it spent in them). Who spent nothing, or only
    where no file says, is left out.

    In: labels of the population; customer, <dimension>, net_year (customer_mix.sql).
    """
    ours = mix[mix["customer"].isin(labels["customer"]) & mix[dimension].notna()]
    year = pd.DataFrame(
        {
            "customer": ours["customer"].to_numpy(),
            "segment": ours[dimension].astype(object).to_numpy(),
            "monetary": ours["net_year"].astype(float).to_numpy(),
        }
    )
    year = year[year["monetary"] > 0]
    whole = year.groupby("customer")["monetary"].sum()
    most = year.sort_values(["monetary", "segment"], ascending=[False, True])
    most = most.drop_duplicates("customer").sort_values("customer", ignore_index=True)
    return most.assign(monetary=most["customer"].map(whole))


def history(days: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A row per day and segment: day, segment, customers, money; days as given."""
    rows = []
    for day, frame in days.items():
        found = frame.groupby("segment", observed=True)["monetary"].agg(["size", "sum"])
        rows += [(day, name, int(row["size"]), float(row["sum"])) for name, row in found.iterrows()]
    return pd.DataFrame(rows, columns=["day", "segment", "customers", "money"])


def _side(frame: pd.DataFrame, segment: str, money: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer": frame["customer"].to_numpy(),
            segment: frame["segment"].astype(object).to_numpy(),
            money: frame["monetary"].astype(float).to_numpy(),
        }
    )
