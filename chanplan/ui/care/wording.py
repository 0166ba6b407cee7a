"""How a care item reads: names, the reason for a call, states, orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from chanplan.analysis.customers.care import Silent
from chanplan.analysis.customers.facts import Asked
from chanplan.domain.care import key_of
from chanplan.domain.playbook import OTHER
from chanplan.ui import figure, history
from chanplan.ui.session import figures, say

moment = history.moment


@dataclass(frozen=True)
class Found:
    """The list of a population at a version of the data."""

    asked: Asked
    version: int
    listed: pd.DataFrame
    silent: Silent


def name_of(found: Found, customer: str) -> str:
    """What a customer is called."""
    return figure.name_of(found.asked.dimension, customer)


def names_of(found: Found, customers: Sequence[str]) -> list[str]:
    """The same for many."""
    return figure.names_of(found.asked.dimension, customers)


def code_of(customer: str) -> str:
    """What stands for a customer in an address that must not tell its phone number."""
    return key_of("", customer, None)


def state(code: str) -> str:
    """A state in the reader's words."""
    return say(f"care_list.state_{code}")


def segment(code: str) -> str:
    """A segment in the reader's words."""
    return say("care_list.other") if code == OTHER else say(f"segments.{code}")


def reason(row: Mapping[Any, Any]) -> str:
    """平时每 34 天下单，已 91 天未下；一年 18.2万；天猫."""
    write = figures()
    gap = row["gap"]
    known = gap is not None and not pd.isna(gap)
    told = say(
        "care_list.because" if known else "care_list.because_no_gap",
        gap=write.quantity(round(float(gap), 1)) if known else "",
        silence=write.count(row["silence"]),
        usual=write.money(row["usual"]),
    )
    if row["shrunk"]:
        told = say("care_list.because_less", told=told, now=write.money(row["net_year"]))
    channel = figure.name_of("channel", row["channel"]) if row["channel"] else ""
    return say("care_list.in_channel", told=told, channel=channel) if channel else told


def last(orders: Sequence[tuple[date, Any]]) -> str:
    """2025-12-03 2,335 · 2025-11-17 15,928 · …"""
    return " · ".join(f"{day.isoformat()} {figures().exact(net, 0)}" for day, net in orders)
