"""Whether amounts hold their tax, as the column of taxes beside them tells: 金额, 税额, 合计."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from chanplan.ingest import values
from chanplan.ingest.headers import spellings
from chanplan.ingest.matching import Match
from chanplan.ingest.naming import tax_word
from chanplan.ingest.settle_case import DIRECT, Case
from chanplan.ingest.told import Note

_TAXES = frozenset({"税额", "税金", "增值税", "增值税额", "销项税额", "税款", "tax", "vat", "gst",
                    "taxamount", "vatamount", "salestax", "taxes", "itemtax"})  # fmt: skip
# Rates of tax that are asked somewhere; the third party's column of sums needs none of them.
_RATES = tuple(Decimal(rate) / 1000 for rate in (130, 90, 60, 30, 10, 50, 100, 160, 170, 190, 200))
_ENOUGH, _CENTS = 3, Decimal("0.03")
Side = Literal["with_tax", "without_tax"]


def by_taxes(case: Case, matches: dict[str, Match]) -> list[Note]:
    """An amount whose heading does not say its side of the tax becomes one that does, where the
    taxes beside it say which; a column that is both together is the other side."""
    found = matches.get("amount")
    if not case.sales or found is None or not set(DIRECT).isdisjoint(matches):
        return []
    if case.hints.tax or case.old or case.fit.layout.wide or tax_word(found.header):
        return []
    at = _column_of_taxes(case, matches)
    told = _pairs(case, found.at, at) if at is not None else []
    if at is None or len(told) < _ENOUGH:
        return []
    side, third = _third(case, matches, found.at, at) or (_side(told), None)
    if side is None:
        return []
    del matches["amount"]
    matches[f"amount_{side}"] = found
    if third is not None:
        other = "amount_with_tax" if side == "without_tax" else "amount_without_tax"
        matches[other] = replace(found, at=third, header=case.fit.headers[third])
    facts = {"header": found.header, "tax": case.fit.headers[at]}
    return [Note(f"amount_{side}_by_taxes", facts)]


def _column_of_taxes(case: Case, matches: Mapping[str, Match]) -> int | None:
    taken = {match.at for match in matches.values()} | case.fit.layout.spread
    return next(
        (
            at
            for at, header in enumerate(case.fit.headers)
            if header and at not in taken and not _TAXES.isdisjoint(spellings(header))
        ),
        None,
    )


def _pairs(case: Case, amount: int, tax: int) -> list[tuple[Decimal, Decimal]]:
    """The rows that tell both an amount and a tax of it."""
    found = (
        tuple(values.number_of(row[at]) if at < len(row) else None for at in (amount, tax))
        for row in case.fit.sample
    )
    return [(one, other) for one, other in found if one and other]


def _side(told: list[tuple[Decimal, Decimal]]) -> Side | None:
    """By the rate: 13 of 100 is a tax on what is told, 13 of 113 one within it."""
    on = all(any(abs(one * r - tax) <= _CENTS for r in _RATES) for one, tax in told)
    within = all(any(abs(one * r / (1 + r) - tax) <= _CENTS for r in _RATES) for one, tax in told)
    if on == within:
        return None
    return "without_tax" if on else "with_tax"


def _third(
    case: Case, matches: Mapping[str, Match], amount: int, tax: int
) -> tuple[Side, int] | None:
    """(side of the amount, the column of the other side) where one is the other and the tax."""
    taken = {match.at for match in matches.values()} | case.fit.layout.spread | {tax}
    for at, header in enumerate(case.fit.headers):
        if not header or at in taken:
            continue
        rows = [
            [values.number_of(row[n]) if n < len(row) else None for n in (amount, tax, at)]
            for row in case.fit.sample
        ]
        full = [(one, off, other) for one, off, other in rows if one and off and other]
        if len(full) < _ENOUGH:
            continue
        if all(abs(one + off - other) <= _CENTS for one, off, other in full):
            return "without_tax", at
        if all(abs(one - off - other) <= _CENTS for one, off, other in full):
            return "with_tax", at
    return None
