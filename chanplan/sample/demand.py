"""What would be sold if nothing special happened, and what could be sold if it did.

Every line carries draws of its own (`u`, `v`, `w`, uniform): a truth decides by them, so that
switching one on moves no other line. Lines that exist only where something happens (a launch,
a livestream at its height) are drawn as well and marked `base` = False.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from chanplan.sample import season
from chanplan.sample.channels import BY_CHANNEL, CHANNELS, Channel
from chanplan.sample.places import PROVINCES
from chanplan.sample.season import MONTHS

# The livestream's part of its largest possible demand while nothing pushes it.
QUIET_LIVESTREAM = 0.34
RETURNED = {"天猫": 0.05, "京东": 0.04, "抖音直播": 0.11, "自营门店": 0.01}
RETURNED_ELSEWHERE = 0.02
CLOSED = {"天猫": 0.03, "抖音直播": 0.05}
GIFTED = {"经销商": 0.03, "商超KA": 0.02, "企业团购": 0.03}
# Share of shoppers in own stores who show no member card.
NAMELESS = 0.4
# What dealers sell on in an ordinary month, lines and cases a line: together about what they
# take in. They sell it dearer than they buy it.
OUTLET_LINES, OUTLET_CASES, DEALERS_TAKE = 150, 6.3, 1.18


@dataclass(frozen=True)
class Cast:
    """Who and what there is: products, partners, outlets, consumers."""

    products: pd.DataFrame
    partners: pd.DataFrame
    outlets: pd.DataFrame
    consumers: pd.DataFrame


def sell_in(cast: Cast, random: np.random.Generator) -> pd.DataFrame:
    """Every line of the company's own sales, returns among them."""
    drawn = [_channel(channel, cast, random) for channel in CHANNELS]
    return _with_returns(pd.concat(drawn, ignore_index=True), random)


def _channel(channel: Channel, cast: Cast, random: np.random.Generator) -> pd.DataFrame:
    orders = _orders(channel, cast, random)
    copies = 1 + random.poisson(channel.lines - 1, len(orders))
    lines = orders.loc[orders.index.repeat(copies)].reset_index(drop=True)
    lines["product"] = _products(channel, cast.products, lines["at"].to_numpy(), random)
    lines = lines[lines["product"] >= 0].reset_index(drop=True)
    return _priced(lines, channel, cast.products, random)


def _orders(channel: Channel, cast: Cast, random: np.random.Generator) -> pd.DataFrame:
    """at (month from 0), day, partner, customer, province, city of every order."""
    overall = np.mean([season.of_category(name) for name in cast.products["category"]], axis=0)
    growth = (1 + channel.growth) ** (np.arange(len(MONTHS)) / 12)
    at_once, days = [], []
    for at, month in enumerate(MONTHS):
        weights = season.of_days(month, channel.events)
        expected = channel.orders * overall[at] * growth[at] * weights.sum()
        count = int(random.poisson(expected))
        at_once.append(np.full(count, at))
        days.append(random.choice(len(weights), count, p=weights / weights.sum()) + 1)
    frame = pd.DataFrame({"at": np.concatenate(at_once), "day": np.concatenate(days)})
    frame["channel"] = channel.name
    frame["order"] = np.arange(len(frame)) + CHANNELS.index(channel) * 100_000
    ours = cast.partners[cast.partners["channel"] == channel.name]
    size = ours["size"].to_numpy()
    chosen = ours.iloc[random.choice(len(ours), len(frame), p=size / size.sum())]
    for name in ("partner", "province", "city", "owner"):
        frame[name] = chosen[name].to_numpy()
    return _bought_by(channel, frame, cast, random)


def _bought_by(
    channel: Channel, frame: pd.DataFrame, cast: Cast, random: np.random.Generator
) -> pd.DataFrame:
    """Consumers buy on platforms and in stores; elsewhere the partner itself is the customer."""
    if channel.source == "ERP":
        return frame.assign(customer=frame["partner"])
    crowd = cast.consumers
    home = np.where(crowd["home"] == channel.name, 1.0, 0.06)
    buyers = np.full(len(frame), -1)
    for at in range(len(MONTHS)):
        here = np.flatnonzero(frame["at"].to_numpy() == at)
        present = (crowd["joined"] <= at) & (crowd["left"] > at)
        weights = crowd["activity"].to_numpy() * home * present.to_numpy()
        buyers[here] = random.choice(len(crowd), len(here), p=weights / weights.sum())
    frame["customer"] = crowd["customer"].to_numpy()[buyers]
    if channel.name == "自营门店":
        nameless = random.random(len(frame)) < NAMELESS
        return frame.assign(customer=frame["customer"].mask(nameless, None), owner=None)
    for name in ("province", "city"):
        frame[name] = crowd[name].to_numpy()[buyers]
    return frame.assign(owner=None)


def _products(
    channel: Channel, products: pd.DataFrame, at: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """Row of the product of every line, by popularity and season among those on sale; -1 where
    chance would have it before anything was."""
    taste = np.exp(random.normal(0.0, 0.5, len(products)))
    boxes = np.where(products["category"] == "礼盒", channel.gifts, 1.0)
    months = np.array(MONTHS)
    seasons = np.array([season.of_category(name) for name in products["category"]])
    chosen = np.full(len(at), -1)
    for month in range(len(MONTHS)):
        here = np.flatnonzero(at == month)
        on_sale = (products["first"] <= months[month]) & (products["last"] >= months[month])
        weights = products["popularity"] * taste * boxes * seasons[:, month] * on_sale
        weights = weights.to_numpy(dtype=float)
        chosen[here] = random.choice(len(products), len(here), p=weights / weights.sum())
    return chosen


def _priced(
    lines: pd.DataFrame, channel: Channel, products: pd.DataFrame, random: np.random.Generator
) -> pd.DataFrame:
    """Cases, bottles and the price a bottle in cents; the draws that truths decide by."""
    count = len(lines)
    goods = products.iloc[lines["product"].to_numpy()].reset_index(drop=True)
    spread = random.gamma(2.2, channel.cases / 2.2, count)
    lines["cases"] = np.maximum(1, np.round(spread)).astype("int64")
    lines["per_case"] = goods["per_case"].to_numpy()
    by_bottle = channel.name == "自营门店"
    lines["unit"] = "瓶" if by_bottle else "箱"
    lines["bottles"] = lines["cases"] * (3 if by_bottle else lines["per_case"])
    lines["list_price"] = goods["list_cents"].to_numpy()
    haggled = np.clip(random.normal(1.0, 0.035, count), 0.9, 1.1)
    lines["price"] = np.round(lines["list_price"] * channel.price * haggled).astype("int64")
    lines["cost_price"] = goods["cost_cents"].to_numpy()
    lines["product"] = goods["product"].to_numpy()
    for name in ("u", "v", "w"):
        lines[name] = random.random(count)
    lines["line_type"] = "sale"
    closed = random.random(count) < CLOSED.get(channel.name, 0.0)
    gifted = random.random(count) < GIFTED.get(channel.name, 0.0)
    lines.loc[closed, "line_type"] = "not_a_sale"
    lines.loc[gifted, "line_type"] = "gift"
    lines.loc[gifted, "price"] = 0
    launched = products["product"].iloc[-7]
    lines["base"] = lines["product"] != launched
    if channel.name == "抖音直播":
        lines["base"] &= lines["u"] < QUIET_LIVESTREAM
    return lines


def _with_returns(lines: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """A return is its sale again, negative and some days later; it shares the sale's draws, so
    that what happens to one happens to the other. `at` stays the month of the sale."""
    lines["date"] = pd.Timestamp("2023-01-01") + pd.to_timedelta(_day_number(lines), unit="D")
    rate = lines["channel"].map(RETURNED).fillna(RETURNED_ELSEWHERE).to_numpy()
    back = (random.random(len(lines)) < rate) & (lines["line_type"] == "sale").to_numpy()
    later = pd.to_timedelta(random.integers(2, 16, len(lines)), unit="D")
    returns = lines[back].copy()
    returns["date"] = (lines["date"] + later)[back]
    returns[["cases", "bottles"]] *= -1
    returns["line_type"] = "return"
    both = pd.concat([lines, returns], ignore_index=True)
    return both[both["date"] <= pd.Timestamp("2025-12-31")].reset_index(drop=True)


def _day_number(lines: pd.DataFrame) -> np.ndarray:
    starts = pd.to_datetime([f"{month // 100}-{month % 100:02d}-01" for month in MONTHS])
    first: Any = (starts - pd.Timestamp("2023-01-01")).days.to_numpy()
    return np.asarray(first[lines["at"].to_numpy()] + lines["day"].to_numpy() - 1)


def sell_out(cast: Cast, random: np.random.Generator) -> pd.DataFrame:
    """Dealers' 流向: what each sold to the outlets it serves, about what it takes in, smoothly."""
    channel, outlets = BY_CHANNEL["经销商"], cast.outlets
    weights = outlets["size"].to_numpy()
    overall = np.mean([season.of_category(name) for name in cast.products["category"]], axis=0)
    growth = (1 + channel.growth) ** (np.arange(len(MONTHS)) / 12)
    counts = random.poisson(OUTLET_LINES * overall * growth)
    at = np.repeat(np.arange(len(MONTHS)), counts)
    frame = pd.DataFrame({"at": at, "day": random.integers(1, 29, len(at)), "channel": "经销商"})
    chosen = outlets.iloc[random.choice(len(outlets), len(at), p=weights / weights.sum())]
    for name, column in (("partner", "partner"), ("customer", "outlet"), ("province", "province"),
                         ("city", "city")):  # fmt: skip
        frame[name] = chosen[column].to_numpy()
    frame["owner"], frame["order"] = None, np.arange(len(frame)) + len(CHANNELS) * 100_000
    frame["product"] = _products(channel, cast.products, at, random)
    lines = _priced(frame, replace(channel, cases=OUTLET_CASES), cast.products, random)
    lines["price"] = np.round(lines["price"] * DEALERS_TAKE).astype("int64")
    lines["line_type"] = "sale"
    lines["date"] = pd.Timestamp("2023-01-01") + pd.to_timedelta(_day_number(lines), unit="D")
    return lines


def provinces() -> pd.DataFrame:
    """province, region, city."""
    return pd.DataFrame([(p.name, p.region, p.city) for p in PROVINCES],
                        columns=["province", "region", "city"])  # fmt: skip
