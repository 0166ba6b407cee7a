"""The sample company as frames: drawn, its truths planted, its lines finished and totalled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from chanplan.sample import channels, demand, effects, goods, tables
from chanplan.sample.channels import BY_CHANNEL, NAMES, REPORTS_SINCE
from chanplan.sample.demand import Cast
from chanplan.sample.effects import EFFECTS, Lines
from chanplan.sample.ledger import COUNTED, Ledger, Planted, money
from chanplan.sample.places import BY_NAME
from chanplan.sample.truths import PLANTED, Truths

CONSUMERS = 5_200
# One stream of draws per concern: more of one never shifts another.
_CONCERNS = ("goods", "partners", "outlets", "consumers", "sell_in", "sell_out", "tables")
_CODES = dict(zip(NAMES, "TM JD DY SQ KA DL PS QY".split(), strict=True))
_STATUSES = {"sale": "交易成功", "return": "退款", "not_a_sale": "交易关闭", "gift": "赠品"}


@dataclass(frozen=True)
class Company:
    """The sample company.

    sales   one row per exported line: date, month, channel, source, basis ("shipment", dealers'
            sell-out "sell_out"), partner, region, province, city, product, customer, order (none
            where a return is told apart from its order), original_order, quantity, unit,
            base_quantity (bottles), unit_price, amount_cents (with tax), list_cents,
            discount_cents, cost_cents, line_type, status, salesperson
    superseded  sell-out lines of a first sending, in the same columns
    tables  every other table by its name in domain/tables.toml
    """

    truths: Truths
    products: pd.DataFrame
    partners: pd.DataFrame
    outlets: pd.DataFrame
    consumers: pd.DataFrame
    sales: pd.DataFrame
    superseded: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    ledger: Ledger


def simulate(seed: int, truths: Truths = PLANTED) -> Company:
    """A company drawn from `seed`; the same seed and truths give the same frames.

    Truths change nothing outside their place: two companies of one seed differ by their truths.
    """
    streams = np.random.SeedSequence(seed).spawn(len(_CONCERNS))
    random = {
        name: np.random.default_rng(one) for name, one in zip(_CONCERNS, streams, strict=True)
    }
    partners = channels.partners(random["partners"])
    dealers = partners[partners["channel"] == "经销商"]
    cast = Cast(
        products=goods.products(random["goods"]),
        partners=partners,
        outlets=channels.outlets(random["outlets"], dealers),
        consumers=channels.consumers(random["consumers"], CONSUMERS),
    )
    lines = Lines(
        effects.asleep(demand.sell_in(cast, random["sell_in"])),
        effects.asleep(demand.sell_out(cast, random["sell_out"])),
    )
    planted: list[Planted] = []
    for name, effect in EFFECTS.items():
        truth = getattr(truths, name)
        if truth is not None:
            changed = effect(lines, cast, truths)
            planted.append(_recorded(name, truth, lines, changed))
            lines = changed
    sales = pd.concat(
        [_finished(lines.sold_in, "shipment"), _finished(lines.sold_out, "sell_out")],
        ignore_index=True,
    )
    return Company(
        truths,
        cast.products,
        cast.partners,
        cast.outlets,
        cast.consumers,
        sales,
        sales.iloc[:0] if lines.superseded is None else _finished(lines.superseded, "sell_out"),
        tables.all_tables(cast, sales, truths, random["tables"]),
        Ledger(sales, tuple(planted)),
    )


def _finished(lines: pd.DataFrame, basis: str) -> pd.DataFrame:
    """Lines that happened, as they are exported."""
    told = lines[lines["alive"]].sort_values(["date", "channel", "order"], kind="stable")
    wrong = told.get("written_as_cases", pd.Series(False, told.index)).fillna(False).astype(bool)
    by_case = (told["unit"] == "箱") & ~wrong
    codes = told["channel"].map(_CODES)
    # A return names the order of its sale; so do all lines of an order.
    number = codes + told["at"].map("{:02d}".format) + told["order"].map("{:06d}".format)
    frame = pd.DataFrame(
        {
            "date": told["date"].dt.date,
            "month": told["date"].dt.year * 100 + told["date"].dt.month,
            "channel": told["channel"],
            "source": "流向" if basis == "sell_out" else told["channel"].map(_source),
            "basis": basis,
            "partner": told["partner"],
            "region": told["province"].map(lambda name: BY_NAME[name].region),
            "province": told["province"],
            "city": told["city"],
            "product": told["product"],
            "customer": told["customer"],
            "order": number,
            "original_order": number.where(told["line_type"] == "return", None),
            "quantity": told["cases"].where(by_case, told["bottles"]),
            "unit": told["unit"].mask(wrong, "箱"),
            "base_quantity": told["bottles"].where(~wrong, told["bottles"] * told["per_case"]),
            "unit_price": told["price"] * told["per_case"].where(told["unit"] == "箱", 1),
            "amount_cents": told["bottles"] * told["price"],
            "list_cents": told["bottles"] * told["list_price"],
            "cost_cents": told["bottles"] * told["cost_price"],
            "line_type": told["line_type"],
            "status": told["line_type"].map(_STATUSES),
            "salesperson": told["owner"],
        }
    )
    frame["discount_cents"] = frame["list_cents"] - frame["amount_cents"]
    reported = (frame["source"] == "天猫") & (frame["month"] >= REPORTS_SINCE)
    frame["order"] = frame["order"].mask(reported & (frame["line_type"] == "return"), None)
    return frame.reset_index(drop=True)


def _source(channel: str) -> str:
    return BY_CHANNEL[channel].source


def _recorded(name: str, truth: Any, before: Lines, after: Lines) -> Planted:
    pairs = ((before.sold_in, after.sold_in), (before.sold_out, after.sold_out))
    was, now = ([_measured(pair[side]) for pair in pairs] for side in (0, 1))
    change = [sum(column) for column in zip(*now, strict=True)]
    change = [new - sum(old) for new, old in zip(change, zip(*was, strict=True), strict=True)]
    moved = [_differing(*pair) for pair in pairs]
    place = {key: value for key, value in vars(truth).items() if key not in ("start",)}
    start = getattr(truth, "start", None) or getattr(truth, "month", None)
    start = start or getattr(truth, "quarter", None) or min(truth.months)
    return Planted(
        name,
        int(start),
        ", ".join(f"{key}={value}" for key, value in place.items()),
        money(change[0]),
        int(change[1]),
        int(change[2]),
        sum(len(each) for each in moved),
        moved[0]["customer"].nunique() if name == "livestream" else 0,
    )


def _measured(lines: pd.DataFrame) -> tuple[int, int, int]:
    """(cents, bottles as exported, lines) of what counts."""
    alive = lines[lines["alive"] & lines["line_type"].isin(COUNTED)]
    wrong = alive.get("written_as_cases", pd.Series(False, alive.index)).fillna(False).astype(bool)
    bottles = alive["bottles"].where(~wrong, alive["bottles"] * alive["per_case"])
    return int((alive["bottles"] * alive["price"]).sum()), int(bottles.sum()), len(alive)


def _differing(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Lines alive on both sides that are told otherwise."""
    both = before["alive"] & after["alive"]
    differs = pd.Series(False, before.index)
    for column in ("channel", "partner", "customer", "cases", "price"):
        same = (before[column] == after[column]) | (before[column].isna() & after[column].isna())
        differs |= ~same
    if "written_as_cases" in after:
        differs |= after["written_as_cases"] & ~before.get(
            "written_as_cases", pd.Series(False, before.index)
        )
    return after[both & differs]
