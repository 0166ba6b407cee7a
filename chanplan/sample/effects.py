"""What each truth does to the lines: pure functions, lines in and lines out.

`alive` says which lines happen; a truth wakes, silences or changes lines of its place by the
draws `u`, `v`, `w` that each line carries, and touches no other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from chanplan.domain.period import ordinal
from chanplan.sample.demand import QUIET_LIVESTREAM, Cast
from chanplan.sample.season import MONTHS
from chanplan.sample.truths import Truths


@dataclass(frozen=True)
class Lines:
    """The company's own sales and its dealers' sell-out, those alive and those that could be.

    superseded  sell-out lines of a first sending that a later one took back
    """

    sold_in: pd.DataFrame
    sold_out: pd.DataFrame
    superseded: pd.DataFrame | None = None


Effect = Callable[[Lines, Cast, Truths], Lines]


def asleep(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines as they are while nothing happens."""
    return lines.assign(alive=lines["base"])


def livestream(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """抖音 wakes by its ramp; members of 天猫 who switch buy there from their own month on."""
    truth, sold = truths.livestream, lines.sold_in.copy()
    assert truth is not None
    level = _ramp(truth.start, truth.ramp)[sold["at"].to_numpy()]
    live = (sold["channel"] == "抖音直播").to_numpy()
    reached = QUIET_LIVESTREAM + (1 - QUIET_LIVESTREAM) * level
    launched = (sold["product"] == cast.products["product"].iloc[-7]).to_numpy()
    sold["alive"] |= live & ~launched & (sold["u"].to_numpy() < reached)
    fate = _fates(cast)
    goes = sold["customer"].map(fate).fillna(1.0).to_numpy() < truth.switching * level
    moved = goes & (sold["channel"] == "天猫").to_numpy()
    shops = cast.partners.loc[cast.partners["channel"] == "抖音直播", "partner"].to_numpy()
    sold.loc[moved, "channel"] = "抖音直播"
    sold.loc[moved, "partner"] = shops[(sold.loc[moved, "v"] * len(shops)).astype(int)]
    return Lines(sold, lines.sold_out, lines.superseded)


def price_cut(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """The price a bottle falls; rounding to the cent once."""
    truth, sold = truths.price_cut, lines.sold_in.copy()
    assert truth is not None
    series = cast.products.loc[cast.products["series"] == truth.series, "product"]
    place = _from(sold, truth.start) & (sold["channel"] == truth.channel)
    place &= sold["product"].isin(series)
    sold.loc[place, "price"] = np.round(sold.loc[place, "price"] * (1 - truth.cut)).astype("int64")
    return Lines(sold, lines.sold_out, lines.superseded)


def launch(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """The new product's lines wake from its start, more every month."""
    truth = truths.launch
    assert truth is not None
    product = cast.products["product"].iloc[-7]
    level = _ramp(truth.start, truth.ramp)

    def woken(sold: pd.DataFrame) -> pd.DataFrame:
        wakes = (sold["product"] == product) & (sold["u"] < level[sold["at"].to_numpy()])
        return sold.assign(alive=sold["alive"] | wakes)

    return Lines(woken(lines.sold_in), woken(lines.sold_out), lines.superseded)


def fading(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """Whole orders fall away: an order's first line decides for all of it."""
    truth, sold = truths.fading, lines.sold_in
    assert truth is not None
    months = np.maximum(0, np.array([ordinal(m) for m in MONTHS]) - ordinal(truth.start) + 1)
    left = (1 - truth.monthly) ** months
    decides = sold.groupby(["channel", "order"])["w"].transform("first")
    gone = (sold["partner"] == truth.partner) & (decides >= left[sold["at"].to_numpy()])
    return Lines(sold.assign(alive=sold["alive"] & ~gone), lines.sold_out, lines.superseded)


def diversion(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """Part of a dealer's sell-out goes to outlets of the neighbour's, who sells less there."""
    truth, sold = truths.diversion, lines.sold_out.copy()
    assert truth is not None
    there = cast.outlets[cast.outlets["province"] == truth.into]
    since = _from(sold, truth.start)
    strays = since & (sold["partner"] == truth.partner) & (sold["u"] < truth.share)
    found = there.iloc[(sold.loc[strays, "v"] * len(there)).astype(int)]
    sold.loc[strays, "customer"] = found["outlet"].to_numpy()
    sold.loc[strays, "province"] = found["province"].to_numpy()
    sold.loc[strays, "city"] = found["city"].to_numpy()
    cheaper = np.round(sold.loc[strays, "price"] * (1 - truth.below)).astype("int64")
    sold.loc[strays, "price"] = cheaper
    lost = since & (sold["partner"] == truth.victim) & (sold["u"] < truth.share)
    sold["alive"] &= ~lost
    return Lines(lines.sold_in, sold, lines.superseded)


def stuffing(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """Cases times so much in the month, less in the next; what is sold on does not change."""
    truth, sold = truths.stuffing, lines.sold_in.copy()
    assert truth is not None
    here = (sold["partner"] == truth.partner).to_numpy()
    at = sold["at"].to_numpy()
    peaks = [MONTHS.index(month) for month in truth.months]
    _times(sold, here & np.isin(at, peaks), truth.times)
    _times(sold, here & np.isin(at, [peak + 1 for peak in peaks]), truth.after)
    return Lines(sold, lines.sold_out, lines.superseded)


def training(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """More cases a line from the start on; a line's own draw decides how a half is rounded."""
    truth = truths.training
    assert truth is not None

    def more(sold: pd.DataFrame) -> pd.DataFrame:
        sold = sold.copy()
        place = _from(sold, truth.start) & sold["partner"].isin(truth.partners)
        _times(sold, place.to_numpy(), 1 + truth.effect)
        return sold

    return Lines(more(lines.sold_in), more(lines.sold_out), lines.superseded)


def restated(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """The second sending lacks what had been told twice; the first is kept beside it."""
    truth, sold = truths.restated, lines.sold_out
    assert truth is not None
    month = (sold["date"].dt.year * 100 + sold["date"].dt.month) == truth.month
    first = sold[month & sold["alive"]]
    twice = month & sold["partner"].isin(truth.partners) & (sold["w"] < truth.share)
    return Lines(lines.sold_in, sold.assign(alive=sold["alive"] & ~twice), first)


def unit_error(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """Bottles are written as cases: the export says 箱 beside the number of bottles."""
    truth, sold = truths.unit_error, lines.sold_in.copy()
    assert truth is not None
    quarter = sold["date"].dt.year * 10 + (sold["date"].dt.month - 1) // 3 + 1
    drinks = cast.products.loc[cast.products["category"] == truth.category, "product"]
    wrong = (quarter == truth.quarter) & (sold["channel"] == "自营门店")
    wrong &= sold["product"].isin(drinks)
    sold["written_as_cases"] = sold.get("written_as_cases", False) | wrong
    return Lines(sold, lines.sold_out, lines.superseded)


def new_channel(lines: Lines, cast: Cast, truths: Truths) -> Lines:
    """社区团购 is silent before its start, then comes to its ordinary size."""
    truth, sold = truths.new_channel, lines.sold_in
    assert truth is not None
    level = _ramp(truth.start, truth.ramp)[sold["at"].to_numpy()]
    early = (sold["channel"] == "社区团购") & (sold["u"] >= level)
    return Lines(sold.assign(alive=sold["alive"] & ~early), lines.sold_out, lines.superseded)


# In the order they act: who sells, then how much, then at which price, then how it is told.
EFFECTS: dict[str, Effect] = {
    "new_channel": new_channel,
    "launch": launch,
    "livestream": livestream,
    "fading": fading,
    "stuffing": stuffing,
    "training": training,
    "diversion": diversion,
    "price_cut": price_cut,
    "restated": restated,
    "unit_error": unit_error,
}


def _ramp(start: int, months: int) -> np.ndarray:
    """By month: 0 before the start, then in equal steps to 1 in the `months`-th month."""
    since = np.array([ordinal(month) - ordinal(start) + 1 for month in MONTHS])
    return np.clip(since / months, 0.0, 1.0)


def _from(sold: pd.DataFrame, start: int) -> pd.Series:
    return sold["at"] >= MONTHS.index(start)


def _fates(cast: Cast) -> dict[str, float]:
    """A number between 0 and 1 for every member, told by nothing else: spread evenly."""
    count = len(cast.consumers)
    order = (np.arange(count) * 7919) % count
    return dict(zip(cast.consumers["customer"], order / count, strict=True))


def _times(sold: pd.DataFrame, place: np.ndarray, times: float) -> None:
    """Cases of these lines times so much, halves rounded by the line's own draw; at least 1."""
    old = sold.loc[place, "cases"].to_numpy()
    sign, size = np.sign(old), np.abs(old) * times
    new = sign * np.maximum(1, np.floor(size + sold.loc[place, "w"].to_numpy()))
    each = sold.loc[place, "bottles"].to_numpy() // old
    sold.loc[place, "cases"] = new.astype("int64")
    sold.loc[place, "bottles"] = (new * each).astype("int64")
