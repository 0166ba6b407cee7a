"""量价结构: what of a change is volume, mix, price, new, lost, gifts and other (definitions §3).

Items i go on (C) with revenue R, quantity Q and price P = R / Q on both sides, 0 the base and
1 the current period; P̄0 = ΣR0 / ΣQ0. Item by item

    volume (Q1 − Q0) · P̄0     mix (Q1 − Q0) · (P0 − P̄0)     price R1 − Q1 · P0

which sum over C to (ΣQ1 − ΣQ0) · P̄0, ΣQ1·P0 − ΣQ1 · P̄0 and ΣQ1 · (P1 − P0). Where units are
unlike, or no item of the base has a price, volume is (Q1 − Q0) · P0 and there is no mix.
An item absent on one side stands there at quantity 0 and at its price of the other side.

Rounding: volume, and volume with mix, are kept to the store's four places such that the items
of a step sum to the step; price is what is left of an item's change, so every sum is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO
from chanplan.analysis.bridge_items import NO_FATES, PRODUCT, Fates, Item, Side, items
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.questions import Question

# In the order they are drawn: those of items that go on, then the others.
CONTINUING: Final = ("volume", "mix", "price")
STEPS: Final = (*CONTINUING, "new", "lost", "gifts", "other")
# Grains a planner asks for, the usual one first; any dimension that is no month will do.
CHANNEL_GRAINS: Final = (
    ("channel", "product"),
    ("channel",),
    ("partner",),
    ("partner", "product"),
    ("customer",),
)
PRODUCT_GRAINS: Final = (
    ("product",),
    ("category",),
    ("channel", "product"),
    ("partner", "product"),
)
PLACES = Decimal("0.0001")  # of the store
PRICE_PLACES = Decimal("0.000001")
# Enough digits that a quotient of any two sums is right far beyond PLACES.
DIGITS = 60
_FIGURES: Final = ("quantity", "quantity_base", "unit_price", "unit_price_base")
_GIVEN: Final = ("given", "given_base", "given_cost", "given_cost_base")
Effects = dict[str, Decimal]


@dataclass(frozen=True)
class Sums:
    """From `base` to `current`, net sales; `steps` by name sum to the change exactly."""

    base: Decimal
    current: Decimal
    steps: Mapping[str, Decimal]


@dataclass(frozen=True)
class Bridge:
    """From `base` to `current`, net sales; `steps` by name sum to the change exactly.

    items  one row per item: the dimensions of `by`, kind, unit, value, base, change; quantity,
           unit_price and what was given away on both sides; and a column of money per step
    unlike_units      volume is told item by item, and no mix
    without_quantity  no line of either period has a quantity: only new, lost and other
    """

    by: tuple[str, ...]
    base: Decimal
    current: Decimal
    steps: Mapping[str, Decimal]
    items: pd.DataFrame
    unlike_units: bool
    without_quantity: bool

    @property
    def change(self) -> Decimal:
        """current − base."""
        return self.current - self.base

    @property
    def has_gifts(self) -> bool:
        """Whether anything was given away in either period."""
        return any(any(self.items[name].map(bool)) for name in ("given", "given_base"))

    @property
    def told(self) -> tuple[str, ...]:
        """The steps there is something to say of, in their order: money, or gifts."""
        return tuple(
            step for step in STEPS if self.steps[step] or (step == "gifts" and self.has_gifts)
        )


def question(scope: Scope, base: Period, by: Sequence[str]) -> Question:
    """What each item sold in the scope's period and in the base."""
    return Question("bridge_items", scope, by=tuple(by), base=base)


def fates_question(scope: Scope, by: Sequence[str]) -> Question | None:
    """What became of products; None where the items are none."""
    return Question("product_fates", scope) if PRODUCT in by else None


def bridge(
    frame: pd.DataFrame, by: Sequence[str], period: Period, known: Fates = NO_FATES
) -> Bridge | None:
    """The bridge over the answer to `question`; None where nothing was sold in either period
    or amounts are in unlike currencies."""
    if not _is_told(frame):
        return None
    found = items(frame, by, period, known)
    units, effects = _laid(found)
    sums = _summed(found, effects)
    return Bridge(
        by=tuple(by),
        base=sums.base,
        current=sums.current,
        steps=sums.steps,
        items=_table(found, effects, by),
        unlike_units=len(units) > 1,
        without_quantity=not any(item.has_quantity for item in found),
    )


def sums(
    frame: pd.DataFrame, by: Sequence[str], period: Period, known: Fates = NO_FATES
) -> Sums | None:
    """The same bridge without its items: for many of them at once."""
    if not _is_told(frame):
        return None
    found = items(frame, by, period, known)
    return _summed(found, _laid(found)[1])


def behind(found: Bridge, step: str) -> pd.DataFrame:
    """The items that make a step, most money first, the step's money as `money`; of gifts,
    every item of which something was given away."""
    told = found.items[list(_GIVEN[:2])] if step == "gifts" else found.items[[step]]
    rows = found.items[[any(map(bool, row)) for row in told.itertuples(index=False)]]
    rows = rows.assign(money=rows[step])
    order = rows["given" if step == "gifts" else step].map(abs)
    return rows.loc[order.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _is_told(frame: pd.DataFrame) -> bool:
    """Whether there is an amount on either side, all of one currency."""
    known = frame["net"].notna().any() or frame["net_base"].notna().any()
    return bool(known) and not _unlike_currencies(frame)


def _laid(found: Sequence[Item]) -> tuple[set[str | None], list[Effects]]:
    """The units of what goes on, and each item's money by step."""
    pairs = [pair for item in found for pair in _continuing(item)]
    units = {unit for item in found for unit, pair in item.units.items() if _goes_on(item, pair)}
    return units, _effects(found, _mean_price(pairs) if len(units) <= 1 else None)


def _summed(found: Sequence[Item], effects: Sequence[Effects]) -> Sums:
    return Sums(
        base=sum((item.net_base for item in found), ZERO),
        current=sum((item.net for item in found), ZERO),
        steps={step: sum((each[step] for each in effects), ZERO) for step in STEPS},
    )


def _unlike_currencies(frame: pd.DataFrame) -> bool:
    ends = [*arithmetic.members(frame, "currency_low"), *arithmetic.members(frame, "currency_high")]
    return len({each for each in ends if each is not None}) > 1


def _goes_on(item: Item, pair: tuple[Side, Side]) -> bool:
    """Whether a unit of an item has a price: sold on one side at least, never at Q ≤ 0."""
    told = [side.quantity for side in pair if side.quantity is not None]
    return item.kind == "continuing" and bool(told) and all(quantity > 0 for quantity in told)


def _continuing(item: Item) -> list[tuple[Side, Side]]:
    return [pair for pair in item.units.values() if _goes_on(item, pair)]


def _mean_price(pairs: Iterable[tuple[Side, Side]]) -> Decimal | None:
    """P̄0; None where no item that goes on was sold in the base."""
    based = [base for _, base in pairs if base.quantity is not None]
    with localcontext(prec=DIGITS):
        quantity = sum((base.quantity or ZERO for base in based), ZERO)
        return sum((base.revenue for base in based), ZERO) / quantity if quantity else None


def _effects(found: Sequence[Item], mean: Decimal | None) -> list[Effects]:
    """Each item's money by step; they sum to its change exactly."""
    told: list[Effects] = []
    carried = {"volume": ZERO, "both": ZERO}
    with localcontext(prec=DIGITS):
        for item in found:
            effects = dict.fromkeys(STEPS, ZERO)
            for pair in _continuing(item):
                volume, both = _volume_and_both(*pair, mean)
                effects["volume"] += (kept := _kept(volume, "volume", carried))
                effects["mix"] += (moved := _kept(both, "both", carried)) - kept
                effects["price"] += pair[0].revenue - pair[1].revenue - moved
            _coming_and_going(item, effects)
            effects["other"] += item.net - item.net_base - sum(effects.values(), ZERO)
            told.append(effects)
    return told


def _volume_and_both(now: Side, base: Side, mean: Decimal | None) -> tuple[Decimal, Decimal]:
    """Volume, and volume with mix: (Q1 − Q0) · P0."""
    priced = base if base.quantity is not None else now
    more = (now.quantity or ZERO) - (base.quantity or ZERO)
    both = more * (priced.revenue / (priced.quantity or ZERO))
    return (both if mean is None else more * mean), both


def _kept(exact: Decimal, step: str, carried: dict[str, Decimal]) -> Decimal:
    """Rounded so that sums stay right: what rounding takes from one item the next ones get."""
    owed = exact + carried[step]
    kept = owed.quantize(PLACES, ROUND_HALF_EVEN)
    carried[step] = owed - kept
    return kept


def _coming_and_going(item: Item, effects: Effects) -> None:
    """New = R1, lost = −R0, of lines with a quantity; of all lines where the item has none."""
    whole = not item.has_quantity
    if item.kind == "new":
        effects["new"] = item.net - (ZERO if whole else item.loose)
    elif item.kind == "lost":
        effects["lost"] = (ZERO if whole else item.loose_base) - item.net_base


def _table(found: Sequence[Item], effects: Sequence[Effects], by: Sequence[str]) -> pd.DataFrame:
    rows = [
        dict(zip(by, item.member, strict=True))
        | {"kind": item.kind, "value": item.net, "base": item.net_base}
        | {"change": item.net - item.net_base, **_figures(item)}
        | {name: getattr(item, name) for name in _GIVEN}
        | told
        for item, told in zip(found, effects, strict=True)
    ]
    names = (*by, "kind", "value", "base", "change", "unit", *_FIGURES, *_GIVEN, *STEPS)
    return pd.DataFrame({name: arithmetic.column(row[name] for row in rows) for name in names})


def _figures(item: Item) -> dict[str, object]:
    """Quantity and price on both sides; unknown where the item comes in several units."""
    if len(item.units) != 1:
        return dict.fromkeys(("unit", *_FIGURES))
    [(unit, (now, base))] = item.units.items()
    return {
        "unit": unit or None,
        "quantity": now.quantity,
        "quantity_base": base.quantity,
        "unit_price": _price(now),
        "unit_price_base": _price(base),
    }


def _price(side: Side) -> Decimal | None:
    if side.quantity is None or side.quantity <= 0:
        return None
    return (side.revenue / side.quantity).quantize(PRICE_PLACES, ROUND_HALF_EVEN)
