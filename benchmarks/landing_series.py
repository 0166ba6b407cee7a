"""The real and the sampled series that landings are measured on, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from chanplan.analysis.landing import Course
from chanplan.analysis.landing.course import Numbers, ordinal_of
from chanplan.domain.calendar import last_day
from chanplan.domain.period import from_ordinal
from chanplan.sample import SEED
from chanplan.sample.company import simulate
from chanplan.sample.ledger import COUNTED

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, eq=False)
class Series:
    """Net sales of one scope by day, from the first day of a month to the last of another."""

    data_set: str
    name: str
    start: date
    days: Numbers

    def between(self, first: date, last: date) -> float:
        """The sum of the days from first to last, both included."""
        at = (first - self.start).days
        return float(self.days[max(at, 0) : (last - self.start).days + 1].sum())

    def months(self) -> Numbers:
        """The sums of its months."""
        number = ordinal_of(self.start)
        lengths = []
        while sum(lengths) < len(self.days):
            lengths.append(last_day(from_ordinal(number + len(lengths))).day)
        return np.add.reduceat(self.days, np.cumsum([0, *lengths[:-1]]))

    def course(self, known: date) -> Course:
        """What was known on the evening of a day."""
        number, first = ordinal_of(known), ordinal_of(self.start)
        months = tuple(_first(each) for each in range(first, number + 1))
        end = last_day(from_ordinal(number))
        values = self.months()[: len(months)].copy()
        values[-1] = self.between(months[-1], known)
        return Course(months, values, known.day / end.day)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.start + timedelta(days=len(self.days) - 1)

    @property
    def autocorrelation(self) -> float:
        """Of its months with those a year before (r at lag 12, over the whole variance)."""
        months = self.months()
        apart = months - months.mean()
        whole = float((apart**2).sum())
        return float((apart[12:] * apart[:-12]).sum()) / whole if whole else 0.0


def all_series(shared: Path = SHARED) -> list[Series]:
    """Every series of superstore_zh, dealers_zh and the sample company."""
    return [*superstore(shared), *dealers(shared), *sample()]


def superstore(shared: Path) -> Iterator[Series]:
    """Region × category."""
    frame = pd.read_excel(
        shared / "superstore_zh" / "示例 - 超市.xls", sheet_name="订单", engine="calamine"
    )
    frame = frame.rename(columns={"订单日期": "day", "销售额": "amount"})
    yield from split("superstore_zh", frame, ["地区", "类别"])


def dealers(shared: Path) -> Iterator[Series]:
    """Provinces and representatives."""
    frame = pd.read_excel(shared / "dealers_zh" / "销售记录.xlsx", engine="calamine")
    frame = frame.rename(columns={"下单日期": "day", "金额": "amount"})
    yield from split("dealers_zh", frame, ["客户省份"])
    yield from split("dealers_zh", frame, ["销售代表ID"])


def sample() -> Iterator[Series]:
    """Channels, and channel × region, of what the ledger counts on the basis of shipment."""
    lines = simulate(SEED).ledger.lines
    lines = lines[(lines["basis"] == "shipment") & lines["line_type"].isin(COUNTED)]
    frame = lines.assign(day=pd.to_datetime(lines["date"]), amount=lines["amount_cents"] / 100)
    yield from split("sample", frame, ["channel"])
    yield from split("sample", frame, ["channel", "region"])


def split(data_set: str, frame: pd.DataFrame, by: list[str]) -> Iterator[Series]:
    """A series per member, from columns day and amount; all of the span of the frame."""
    first = frame["day"].min().to_period("M").start_time
    last = frame["day"].max().to_period("M").end_time.normalize()
    calendar = pd.date_range(first, last)
    for name, part in frame.groupby(by, sort=True):
        days = part.groupby("day")["amount"].sum().reindex(calendar, fill_value=0.0)
        label = " × ".join(str(each) for each in name)
        yield Series(data_set, label, first.date(), days.to_numpy(dtype=float))


def _first(number: int) -> date:
    month = from_ordinal(number)
    return date(month // 100, month % 100, 1)
