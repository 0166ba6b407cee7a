"""Which of the matched columns stay, and as what: by their values and by each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from chanplan.ingest import currencies, values
from chanplan.ingest.headers import fallbacks, normal, spellings, words
from chanplan.ingest.matching import Match, cells_of, fits
from chanplan.ingest.naming import basis_words
from chanplan.ingest.settle_case import DIRECT, Case, is_counted, says_something
from chanplan.ingest.statuses import tells_types
from chanplan.ingest.targets import with_periods
from chanplan.ingest.taxed import by_taxes
from chanplan.ingest.told import Note

# Fewer rows with a discount are no sign of what the columns are.
_ENOUGH = 3
# What may mean pieces as well as money.
_SALES = frozenset({"sales", "销售", "出货", "流水", "业绩"})
_VOID = re.compile(
    r"\s*[(（\[【]?\s*(?:已?(?:作废|取消|撤销|删除)|void(?:ed)?|cancell?ed)", re.IGNORECASE
)
_VOID_NAME = re.compile(
    r"[(（\[【]\s*(?:已?(?:作废|取消|撤销)|void(?:ed)?|cancell?ed)", re.IGNORECASE
)
# Texts that are shown of what was found.
_SHOWN = 3


def kept_columns(case: Case) -> tuple[dict[str, Match], list[Note]]:
    """The matches without those that would contradict another one."""
    matches, notes = dict(case.fit.matches), []
    if case.sales and case.hints.channel and "channel" in matches:
        notes.append(Note("channel_given", {"header": matches.pop("channel").header}))
    notes += _told_twice(case, matches)
    notes += _heading_twice(case, matches)
    notes += _type_by_values(case, matches)
    notes += _currency_by_values(case, matches)
    notes += _own_money(case, matches)
    notes += _pieces_called_sales(case, matches)
    notes += _after_discount(case, matches)
    notes += by_taxes(case, matches)
    notes += _date_of_basis(case, matches)
    matches |= with_periods(case.fit.table, matches, case.fit.sample)
    quantity = matches.get("quantity")
    if case.sales and quantity and "unit" not in matches and is_counted(case.cells(quantity)):
        matches["unit"] = Match(quantity.at, quantity.header, "in_cells")
    if "discount_rate" in matches and not _is_discount_rate(case.cells(matches["discount_rate"])):
        facts = {"header": matches.pop("discount_rate").header}
        notes.append(Note("discount_unclear", facts))
    notes += _price_before_discount(case, matches)
    notes += _price_may_be_amount(case, matches)
    notes += _called_void(case, matches)
    return matches, notes


def _called_void(case: Case, matches: Mapping[str, Match]) -> list[Note]:
    """Rows that a remark in a margin, or a name, calls void: they count, and that is told."""
    if not case.sales or {"status", "line_type"} & set(matches):
        return []
    kinds = case.fit.table.columns
    names = {match.at for name, match in matches.items() if kinds[name].kind == "text"}
    told = [
        cell.strip()
        for row in case.fit.sample
        for at, cell in enumerate(row)
        if cell
        and (_VOID_NAME.search(cell) if at in names else _is_margin(case, at) and _VOID.match(cell))
    ]
    facts = {"rows": len(told), "texts": ", ".join(dict.fromkeys(told[:_SHOWN]))}
    return [Note("rows_called_void", facts)] if told else []


def _is_margin(case: Case, at: int) -> bool:
    return at >= len(case.fit.headers) or not case.fit.headers[at]


def _price_before_discount(case: Case, matches: Mapping[str, Match]) -> list[Note]:
    """Where an amount is a price times its pieces, a discount beside them is not taken off: the
    price may have it off already."""
    if not case.sales or not {"unit_price", "quantity"} <= set(matches):
        return []
    off = next((matches[name] for name in ("discount", "discount_rate") if name in matches), None)
    if off is None or not {"amount", *DIRECT, "list_amount"}.isdisjoint(matches):
        return []
    return [Note("discount_not_off", {"header": off.header, "price": matches["unit_price"].header})]


def _price_may_be_amount(case: Case, matches: Mapping[str, Match]) -> list[Note]:
    """Where prices are the cost and the profit of their rows together, they may be what all pieces
    came to; they are taken times the pieces, and that is told."""
    if not case.sales or not {"unit_price", "quantity", "cost", "profit"} <= set(matches):
        return []
    price, cost, profit = (matches[name].at for name in ("unit_price", "cost", "profit"))
    if {"amount", *DIRECT, "list_amount"} & set(matches) or not _comes_to(
        case, price, cost, profit
    ):
        return []
    return [Note("price_may_be_amount", {"header": matches["unit_price"].header})]


def _told_twice(case: Case, matches: dict[str, Match]) -> list[Note]:
    """Beside an amount that a person named, no other counts; else the one with tax goes first."""
    if not {"amount", "amount_with_tax"} <= set(matches):
        return []
    plain, taxed = matches["amount"], matches["amount_with_tax"]
    if plain.reason == "given" != taxed.reason:
        del matches["amount_with_tax"]
        return []
    told = says_something(case, plain) and says_something(case, taxed)
    return [Note("amount_told_twice", {"header": plain.header})] if told else []


def _heading_twice(case: Case, matches: Mapping[str, Match]) -> list[Note]:
    """Of two columns under one heading the first was taken; where they differ, that is told."""
    kinds, found = case.fit.table.columns, []
    for name, match in matches.items():
        alike = [at for at, head in enumerate(case.fit.headers) if head == match.header]
        used = {one.at for one in matches.values()} | case.fit.layout.spread
        others = [at for at in alike if at not in used]
        own = case.cells(match)
        if kinds[name].kind != "text" and any(cells_of(case.fit.sample, o) != own for o in others):
            found.append(Note("heading_twice", {"header": match.header}))
    return found


def _type_by_values(case: Case, matches: dict[str, Match]) -> list[Note]:
    """A column that says of nearly every row whether it is a sale or a return says it under any
    heading; of one that says it of a few, that it was not asked is told."""
    if not case.sales or {"line_type", "status"} & set(matches):
        return []
    used = {match.at for match in matches.values()} | case.fit.layout.spread
    for at, header in enumerate(case.fit.headers):
        cells = [] if at in used or not header else cells_of(case.fit.sample, at)
        told = [cell for cell in cells if not values.is_none(cell)]
        if not tells_types({str(cell) for cell in told}):
            continue
        if len(told) * 2 > len(cells):
            matches["line_type"] = Match(at, header, "values")
            return [Note("type_by_values", {"header": header})]
        said = sorted({str(cell) for cell in told})
        return [Note("type_not_asked", {"header": header, "texts": said})]
    return []


def _currency_by_values(case: Case, matches: dict[str, Match]) -> list[Note]:
    """A column that names the money of every row says it under any heading."""
    if not case.sales or "currency" in matches or case.hints.columns.get("currency") == "":
        return []
    for at, header in _free(case, matches):
        cells = cells_of(case.fit.sample, at)
        told = [str(cell) for cell in cells if not values.is_none(cell)]
        if len(told) * 2 > len(cells) and all(map(currencies.named, set(told))):
            matches["currency"] = Match(at, header, "values")
            return [Note("currency_by_values", {"header": header})]
    return []


def _own_money(case: Case, matches: dict[str, Match]) -> list[Note]:
    """Of amounts told in two currencies, a column each, those in the company's own count."""
    told = [matches[name].header for name in ("amount", *DIRECT) if name in matches]
    if case.sales and any(map(currencies.of_company, told)):
        matches.pop("currency", None)  # of what was paid, not of these amounts
        return []
    found = matches.get("amount")
    if not case.sales or found is None or found.reason in ("given", "remembered"):
        return []
    other = _told_local(case, matches) or _at_rate(case, matches, found)
    if other is None:
        said = case.hints.currency or case.company
        money = currencies.in_heading(found.header)
        other = _beside(case, matches, found, said) if money not in (None, said) else None
    else:
        matches.pop("currency", None)
    if other is None:
        return []
    matches["amount"] = other
    return [Note("amount_in_own_money", {"header": other.header, "other": found.header})]


def _beside(case: Case, matches: Mapping[str, Match], found: Match, said: str) -> Match | None:
    """The column that is called as the amount's, in the money `said` or in none."""
    bare = spellings(found.header)[-1]
    for at, header in _free(case, matches):
        if spellings(header)[-1] == bare and currencies.in_heading(header) in (None, said):
            return replace(found, at=at, header=header)
    return None


def _told_local(case: Case, matches: Mapping[str, Match]) -> Match | None:
    """The column of amounts that says that it is in the company's money: 本位币金额."""
    known = words(case.fit.table.columns["amount"])
    for at, header in _free(case, matches):
        called = currencies.of_company(header) and not set(known).isdisjoint(spellings(header))
        if called and fits(case.fit.table.columns["amount"], cells_of(case.fit.sample, at)):
            return Match(at, header, "known_word")
    return None


def _free(case: Case, matches: Mapping[str, Match]) -> list[tuple[int, str]]:
    """The columns that no field takes: (position, heading)."""
    taken = {match.at for match in matches.values()} | case.fit.layout.spread
    return [(at, h) for at, h in enumerate(case.fit.headers) if h and at not in taken]


def _at_rate(case: Case, matches: Mapping[str, Match], found: Match) -> Match | None:
    """The column that says in the company's money what the amount says in another: both times a
    rate of exchange."""
    heads = _free(case, matches)
    rates = [at for at, header in heads if currencies.is_rate(header)]
    for at, header in heads if rates else ():
        rows = [
            [values.number_of(row[n]) if n < len(row) else None for n in (found.at, rates[0], at)]
            for row in case.fit.sample
        ]
        full = [(one, rate, other) for one, rate, other in rows if one and rate and other]
        if at != rates[0] and len(full) >= _ENOUGH and all(
            abs(one * rate - other) <= abs(other) / 100 for one, rate, other in full
        ) and any(rate != 1 for _, rate, _ in full):  # fmt: skip
            return replace(found, at=at, header=header)
    return None


def _pieces_called_sales(case: Case, matches: dict[str, Match]) -> list[Note]:
    """Beside a column of revenue with cents a column Sales of whole numbers is of pieces."""
    found = matches.get("amount")
    if not case.sales or found is None or "quantity" in matches or found.reason == "given":
        return []
    if normal(found.header) not in _SALES or not _whole_numbers(case.cells(found)):
        return []
    known = set(words(case.fit.table.columns["amount"]))
    for at, header in _free(case, matches):
        cells = cells_of(case.fit.sample, at)
        called = not known.isdisjoint(spellings(header))
        if called and fits(case.fit.table.columns["amount"], cells) and not _whole_numbers(cells):
            matches["quantity"] = found
            matches["amount"] = replace(found, at=at, header=header)
            return [Note("sales_are_pieces", {"header": found.header, "other": header})]
    return []


def _whole_numbers(cells: Iterable[str | None]) -> bool:
    told = [number for cell in cells if (number := values.number_of(cell)) is not None]
    return bool(told) and all(number % 1 == 0 for number in told)


def _after_discount(case: Case, matches: dict[str, Match]) -> list[Note]:
    """Where every row's amount less its discount is what another column of amounts says, that one
    is what was sold for, and the first the amount before."""
    found, discount = matches.get("amount"), matches.get("discount")
    if not case.sales or found is None or discount is None or "list_amount" in matches:
        return []
    if found.reason in ("given", "remembered", "known_shape"):
        return []
    known = {*words(case.fit.table.columns["amount"]), *fallbacks(case.fit.table.columns["amount"])}
    taken = {match.at for match in matches.values()} | case.fit.layout.spread
    for at, header in enumerate(case.fit.headers):
        called = header and at not in taken and not known.isdisjoint(spellings(header))
        if called and _comes_to(case, found.at, discount.at, at):
            matches["list_amount"] = found
            matches["amount"] = replace(found, at=at, header=header)
            return [Note("amount_after_discount", {"header": header, "other": found.header})]
    return []


def _comes_to(case: Case, whole: int, off: int, rest: int) -> bool:
    """Whether in every row that says all three the first less the second is the third."""
    given = 0
    for row in case.fit.sample:
        one, two, three = (
            values.number_of(row[at]) if at < len(row) else None for at in (whole, off, rest)
        )
        if one is None or three is None:
            continue
        if one - abs(two or Decimal(0)) != three:
            return False
        given += bool(two)
    return given >= _ENOUGH


def _date_of_basis(case: Case, matches: dict[str, Match]) -> list[Note]:
    """What was shipped counts in the month it was shipped in: beside 出库金额 it is 出库日期."""
    amount, day = matches.get("amount"), matches.get("date")
    if not case.sales or amount is None or day is None or day.reason in ("given", "remembered"):
        return []
    basis = case.hints.basis or (basis_words([amount.header]) or (None,))[0]
    if basis is None or basis_words([day.header]) is not None:
        return []
    taken = {match.at for match in matches.values()}
    column = case.fit.table.columns["date"]
    for at, header in enumerate(case.fit.headers):
        told = basis_words([header]) if header and at not in taken else None
        other = Match(at, header, "known_word")
        called = not {*words(column), *fallbacks(column)}.isdisjoint(spellings(header))
        if told and told[0] == basis and called and fits(column, case.cells(other)):
            matches["date"] = other
            return [Note("date_of_basis", {"header": header, "other": day.header})]
    return []


def _is_discount_rate(cells: Iterable[str | None]) -> bool:
    """Whether 0.2 means 20 % off. Where no line is at 0 and some are at 1, it means 20 % paid."""
    rates = {rate for cell in cells if (rate := values.rate_of(cell)) is not None}
    return all(0 <= rate <= 1 for rate in rates) and not (1 in rates and 0 not in rates)
