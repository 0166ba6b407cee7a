"""What is to be expected of each customer: purchases, value, and whether it is leaving.

One answer for every population: BG/NBD with gamma–gamma where chance purchases describe it, and
each one's own rhythm where they do not, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from chanplan.analysis.customers import buying, rhythm, spending
from chanplan.analysis.customers.buying import Buying, Cells, Places
from chanplan.analysis.customers.columns import floats
from chanplan.analysis.customers.rhythm import Rhythm
from chanplan.analysis.customers.spending import Spending

Floats = npt.NDArray[np.float64]
Method = Literal["model", "rhythm", "none"]
# Cells of the likelihood, above which times are rounded to so many weeks.
MOST_CELLS: Final = 60_000
ROUNDED_TO: Final = (1, 2, 4)
# Months ahead that are told, and the one by which leaving is judged.
HORIZONS: Final = (3, 6, 12)
YEAR: Final = 12
DAYS_A_WEEK: Final = 7
DAYS_A_MONTH: Final = rhythm.DAYS_A_YEAR / 12
# Fewer tell no distribution of rates.
LEAST_CUSTOMERS: Final = 100
LEAST_REPEATERS: Final = 30
# Chance makes the median gap 0.69 to 0.78 of the mean gap, an even rhythm 1; from here on (a
# spread about half of what chance makes) accounts order by a rhythm.
EVEN_FROM: Final = 0.9
# Buying days from which a customer's rhythm is judged, and how many such customers it takes.
JUDGED_FROM: Final = 6
LEAST_JUDGED: Final = 20
# A hold-out forecast further off than this part of what happened is none.
MOST_ERROR: Final = 0.5
COLUMNS: Final = (
    "customer", "p_active", *(f"purchases_{m}" for m in HORIZONS),
    *(f"value_{m}" for m in HORIZONS), "risk", "usual_year", "at_risk", "gap", "method", "why",
)  # fmt: skip


@dataclass(frozen=True)
class Outlook:
    """What is expected of the customers of a frame of facts.

    rows    a row per customer, in the order of the facts: `customer`; `p_active`; `purchases_3`,
            `_6`, `_12`, expected buying days of so many months; `value_3`, … expected net sales
            (floats: estimates, nobody books them); `risk`, the probability of no purchase in the
            next twelve months; `usual_year`, net sales of a year at its pace so far; `at_risk`,
            that times risk; `gap`, its usual days between purchases (NaN where it has none; by
            rhythm, that of comparable customers); `method`; `why`, a code: 'model', 'own_rhythm',
            'others_rhythm' (too few gaps of its own), 'no_rhythm'
    method  'model', 'rhythm', or 'none' where nobody has bought three times
    why     'fits', or why no model: 'partners', 'few', 'few_repeats', 'even', 'months', 'misses'
    even    the median gap in mean gaps, of customers with enough of them; None: too few
    """

    rows: pd.DataFrame
    method: Method
    why: str
    buying: Buying | None = None
    spending: Spending | None = None
    rhythm: Rhythm | None = None
    even: float | None = None


def cells_of(frame: pd.DataFrame) -> tuple[Cells, Places]:
    """The cells of a frame of facts, times in weeks, and each customer's cell. Where days make
    too many of them, times are whole weeks, or pairs or fours of them."""
    span = spans(frame)
    age = span + floats(frame["recency"])
    x = floats(frame["days"]) - 1
    found = buying.cells(x, span / DAYS_A_WEEK, age / DAYS_A_WEEK)
    for weeks in ROUNDED_TO:
        if len(found[0].x) <= MOST_CELLS:
            break
        step = weeks * DAYS_A_WEEK
        found = buying.cells(x, np.round(span / step) * weeks, np.round(age / step) * weeks)
    return found


def spans(frame: pd.DataFrame) -> Floats:
    """Days from each customer's first to its last buying day."""
    first, last = (pd.to_datetime(frame[name]) for name in ("first", "last"))
    return floats((last - first).dt.days)


def evenness(frame: pd.DataFrame) -> float | None:
    """The median over customers of their median gap ÷ mean gap: 0.69 to 0.78 for purchases by
    chance, 1 for a rhythm; None for fewer than LEAST_JUDGED customers with enough gaps."""
    days = floats(frame["days"])
    judged = days >= JUDGED_FROM
    if judged.sum() < LEAST_JUDGED:
        return None
    gap = floats(frame["gap"])[judged]
    return float(np.nanmedian(gap * (days[judged] - 1) / spans(frame)[judged]))


def unfit(frame: pd.DataFrame, population: str, error: float | None = None) -> str | None:
    """Why BG/NBD is none for these customers, as a code; None where it may be.

    `error`: how far its forecast of a hold-out was off, as a part of what happened.
    """
    repeated = int((frame["days"].to_numpy() > 1).sum())
    if population == "partner":
        return "partners"
    if len(frame) < LEAST_CUSTOMERS:
        return "few"
    if repeated < LEAST_REPEATERS:
        return "few_repeats"
    if _by_months(frame):
        return "months"
    even = evenness(frame)
    if even is not None and even >= EVEN_FROM:
        return "even"
    return "misses" if error is not None and abs(error) > MOST_ERROR else None


def outlook(
    frame: pd.DataFrame,
    population: str,
    paced: Rhythm | None = None,
    error: float | None = None,
) -> Outlook:
    """What is expected of each customer of the facts; see Outlook.

    paced  their rhythm, for where BG/NBD is none
    error  of the hold-out check, where there is one
    """
    why = unfit(frame, population, error)
    if why is None:
        return _by_model(frame)
    if paced is None:
        return Outlook(_unknown(frame), "none", why, even=evenness(frame))
    return _by_rhythm(frame, paced, why)


def _by_model(frame: pd.DataFrame) -> Outlook:
    found, place = cells_of(frame)
    model = buying.fit(found)
    days, own = floats(frame["days"]), _per_purchase(frame)
    spends = spending.fit(days, own)
    each = own if spends is None else spending.expected(spends, days, own)
    ahead = {m: m * DAYS_A_MONTH / DAYS_A_WEEK for m in HORIZONS}
    purchases = {m: buying.expected(model, found, weeks)[place] for m, weeks in ahead.items()}
    back = buying.again(model, found, ahead[YEAR])[place]
    likely = buying.active(model, found)[place]
    rows = _rows(frame, likely, purchases, each, 1 - back)
    rows = rows.assign(method="model", why="model")
    return Outlook(rows, "model", "fits", model, spends, even=evenness(frame))


def _by_rhythm(frame: pd.DataFrame, paced: Rhythm, why: str) -> Outlook:
    purchases = {m: rhythm.expected(paced, frame, m * DAYS_A_MONTH) for m in HORIZONS}
    risk = 1 - rhythm.again(paced, frame, rhythm.DAYS_A_YEAR)
    likely = 1 - rhythm.left(paced, frame)
    rows = _rows(frame, likely, purchases, _per_purchase(frame), risk, paced)
    own = np.where(rhythm.has_own(frame), "own_rhythm", "others_rhythm")
    rows = rows.assign(method="rhythm", why=own)
    return Outlook(rows, "rhythm", why, rhythm=paced, even=evenness(frame))


def _unknown(frame: pd.DataFrame) -> pd.DataFrame:
    nothing = np.full(len(frame), np.nan)
    rows = _rows(frame, nothing, dict.fromkeys(HORIZONS, nothing), nothing, nothing)
    return rows.assign(method="none", why="no_rhythm")


def _rows(
    frame: pd.DataFrame,
    likely: Floats,
    purchases: dict[int, Floats],
    each: Floats,
    risk: Floats,
    paced: Rhythm | None = None,
) -> pd.DataFrame:
    gap = floats(frame["gap"]) if paced is None else rhythm.gaps_of(paced, frame)
    usual = usual_year(frame, gap)
    told = {"customer": frame["customer"].to_numpy(), "p_active": likely}
    told |= {f"purchases_{m}": purchases[m] for m in HORIZONS}
    told |= {f"value_{m}": purchases[m] * each for m in HORIZONS}
    told |= {"risk": risk, "usual_year": usual, "at_risk": usual * risk, "gap": gap}
    return pd.DataFrame(told)


def usual_year(frame: pd.DataFrame, gap: Floats) -> Floats:
    """Net sales of a year at each customer's pace so far: all of it ÷ the years from the first
    to the last buying day and one usual gap; under a year nothing is added to what was."""
    years = (spans(frame) + np.nan_to_num(gap)) / rhythm.DAYS_A_YEAR
    net = np.maximum(floats(frame["net"]), 0.0)
    return np.asarray(net / np.maximum(years, 1.0))


def _per_purchase(frame: pd.DataFrame) -> Floats:
    days = np.maximum(floats(frame["days"]), 1.0)
    return np.asarray(floats(frame["net"]) / days)


def _by_months(frame: pd.DataFrame) -> bool:
    """Whether what is known is months, each told by one day: its first or its last."""
    days = pd.to_datetime(pd.concat([frame["first"], frame["last"]]))
    return bool(days.dt.is_month_end.all() or (days.dt.day == days.dt.day.iloc[0]).all())
