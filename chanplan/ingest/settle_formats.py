"""How the cells of a sheet are written: dates, decimals, scales, the money they are in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest import currencies, values
from chanplan.ingest.fields import NUMBERS
from chanplan.ingest.matching import Match, cells_of
from chanplan.ingest.quarters import coarse, names_quarter
from chanplan.ingest.reading.number_formats import alone
from chanplan.ingest.scales import scale, stated, stated_below, whole
from chanplan.ingest.settle_case import Case, Scan, is_counted, rows_below, texts_around
from chanplan.ingest.sums_told import told_sums
from chanplan.ingest.targets import with_rates
from chanplan.ingest.told import Note, Question
from chanplan.ingest.written_dates import date_order, swapped, usual_shape
from chanplan.ingest.written_numbers import decimal_sign, money_of, whole_rows
from chanplan.settings import DEFAULT_CURRENCY

# Tables of facts: a row dated after today is a slip of the pen. Plans may lie ahead.
_PAST = frozenset({"sales", "stock", "collections", "control_totals"})
# Lines of a text whose names are looked through for Excel's errors; larger ones come from
# databases, and looking would cost a fifth of loading them.
LOOKED_THROUGH = 200_000
# Prices are told in whole money, whatever the sums beside them are told in.
_MONEY_UNIT = re.compile(r"[十百千万亿]{0,2}元")
_PRICES = ("unit_price", "list_price", "unit_cost")


def cell_formats(
    case: Case, matches: Mapping[str, Match], scan: Scan | None
) -> tuple[dict[str, str], list[Question], list[Note]]:
    formats, questions, notes = {}, [], []
    for name, found in matches.items():
        kind, cells = case.fit.table.columns[name].kind, case.cells(found)
        if kind == "date":
            if example := swapped(cells):
                raise UnrecognisedTableError(
                    "dates_swapped", name=case.name, header=found.header, example=example
                )
            if case.fit.table.columns[name].coarse and any(map(coarse, cells)):
                formats[name] = "period"
                continue
            if sum(map(names_quarter, cells)) * 2 > sum(1 for cell in cells if cell):
                example = next(cell for cell in cells if names_quarter(cell))
                raise UnrecognisedTableError(
                    "quarters", name=case.name, header=found.header, example=example
                )
            formats[name] = usual_shape(cells)
        elif kind in ("amount", "quantity") and (told := _scaled(case, name, found)):
            formats[name] = f"scale:{told.values['factor']}"
            notes.append(told)
        elif kind == "quantity" and is_counted(cells):
            formats |= dict.fromkeys((name, "unit"), "counted")
        elif kind == "rate" and any((values.number_of(cell) or 0) > 1 for cell in cells):
            formats[name] = "percent"
    formats |= with_rates(case.fit.table, matches, case.fit.sample)
    dates = {n: m for n, m in matches.items() if case.fit.table.columns[n].kind == "date"}
    ordered = {n: m for n, m in dates.items() if "order" in _shapes(case, m)}
    if ordered:
        order, question = _order(case, ordered, scan)
        formats |= {"date_order": order} if order else {}
        questions += [question] if question else []
    sign, asked = _decimal(case, matches)
    formats |= {"decimal": sign} if sign else {}
    questions += [asked] if asked else []
    formats |= _rows(case)
    if "errors" in formats:
        formats |= told_sums(case, matches, scan, LOOKED_THROUGH)
    if case.fit.table.name in _PAST:
        formats["not_after"] = (case.today + timedelta(days=1)).isoformat()
    return formats, questions, notes


def _scaled(case: Case, name: str, found: Match) -> Note | None:
    """In how many a column is told, by its heading or else by what stands around the table."""
    if (factor := scale(found.header)) != 1:
        return Note("heading_scale", {"header": found.header, "factor": factor})
    if (factor := _shown_scale(case, name, found)) != 1:
        return Note("format_scale", {"header": found.header, "factor": factor})
    if (factor := _unit_scale(case, name)) != 1:
        return Note("stated_scale", {"header": found.header, "factor": factor})
    single = name in _PRICES or case.fit.table.columns[name].kind != "amount"
    if single or case.fit.layout.wide or whole(found.header):
        return None
    below = case.cells(found)[:1]
    names = (case.sheet.name, case.name.rsplit(".", 1)[0])
    factor = next((told for cell in below if (told := stated_below(cell)) != 1), 1)
    factor = factor if factor != 1 else stated((*below, *texts_around(case), *names))
    return Note("stated_scale", {"header": found.header, "factor": factor}) if factor != 1 else None


def _unit_scale(case: Case, name: str) -> int | Decimal:
    """In how many a column of units says that the money of its rows is told, not pieces: 万元."""
    if name in _PRICES or case.fit.table.columns[name].kind != "amount":
        return 1
    at = case.fit.matches.get("unit") or _money_units(case)
    if at is None:
        return 1
    told = {cell.strip() for cell in case.cells(at) if cell and cell.strip()}
    sizes = {scale(f"({unit})") for unit in told if unit.endswith("元")}
    if not sizes or sizes == {1}:
        return 1
    if len(sizes) > 1 or not all(unit.endswith("元") for unit in told):
        raise UnrecognisedTableError(
            "formats_differ", name=case.name, header=at.header, formats=sorted(told)[:5]
        )
    return sizes.pop()


def _money_units(case: Case) -> Match | None:
    """A column that no field takes and that says of each row in how many its money is told."""
    taken = {match.at for match in case.fit.matches.values()} | case.fit.layout.spread
    for at, header in enumerate(case.fit.headers):
        cells = [] if at in taken or not header else cells_of(case.fit.sample, at)
        told = {cell.strip() for cell in cells if cell and cell.strip()}
        if told and all(_MONEY_UNIT.fullmatch(text) for text in told):
            return Match(at, header, "values")
    return None


def _shown_scale(case: Case, name: str, found: Match) -> int:
    """In how many the number formats of a column say that it is told: 0.00"万元"."""
    if case.fit.table.columns[name].kind != "amount":
        return 1
    told = _shown(case, found)
    sizes = [text for text in told if text.isdigit()]
    if sizes and len(told) > 1:
        raise UnrecognisedTableError(
            "formats_differ", name=case.name, header=found.header, formats=_named(told)
        )
    return int(sizes[0]) if sizes else 1


def _shown_money(case: Case, amounts: Sequence[Match]) -> str | None:
    """The money that the number formats of amounts show."""
    for found in amounts:
        told = _shown(case, found)
        codes = [text for text in told if text.isalpha()]
        if codes and len(told) > 1:
            raise UnrecognisedTableError(
                "formats_differ", name=case.name, header=found.header, formats=_named(told)
            )
        if codes:
            return codes[0]
    return None


def _shown(case: Case, found: Match) -> tuple[str, ...]:
    """What the numbers under a heading show; of months side by side those of all of them."""
    wide = case.fit.layout.wide
    own = len(case.fit.headers) - (wide.added if wide else 0)
    ats = [at for at, _ in wide.months] if wide and found.at >= own else [found.at]
    return alone(case.sheet.shown[at] for at in ats if at in case.sheet.shown)


def _named(told: Sequence[str]) -> list[str]:
    return [f"× {text}" if text.isdigit() else text or "1" for text in told]


def _decimal(case: Case, matches: Mapping[str, Match]) -> tuple[str | None, Question | None]:
    """The decimal sign of all numbers of the file: one program wrote them."""
    known = case.hints.decimal or (case.old.formats.get("decimal") if case.old else None)
    if known:
        return ("comma" if known == "comma" else None), None
    kinds = case.fit.table.columns
    found = [m for name, m in matches.items() if kinds[name].kind in NUMBERS]
    cells = [cell for one in found for cell in case.cells(one)]
    return decimal_sign(cells, as_text=case.sheet.dialect is not None)


def told_money(case: Case, matches: Mapping[str, Match]) -> tuple[dict[str, str], bool]:
    """The money of the amounts, and whether nobody says it; of sales it may be any, of everything
    else the company's."""
    kinds = case.fit.table.columns
    amounts = [matches[name] for name in kinds if name in matches and kinds[name].kind == "amount"]
    if not amounts:
        return {}, False
    heads = [found.header for found in amounts]
    # A price without a sign beside amounts that have one says nothing against it.
    columns = [case.cells(found) for found in amounts]
    cells = next(
        (one for one in columns if money_of(one)), [cell for one in columns for cell in one]
    )
    names = (case.sheet.name, case.name.rsplit(".", 1)[0])
    told = currencies.said(heads, cells, texts_around(case)) or currencies.in_names(names)
    open_money = not (told or case.hints.currency or "currency" in matches)
    told = _shown_money(case, amounts) if open_money else told
    money = case.hints.currency or told or case.company
    if not case.sales and money != case.company:
        raise UnrecognisedTableError(
            "other_currency", name=case.name, header=heads[0], said=money, company=case.company
        )
    assumed = case.sales and "currency" not in matches and not (case.hints.currency or told)
    return ({} if money == DEFAULT_CURRENCY else {"currency": money}), assumed


def _rows(case: Case) -> dict[str, str]:
    told = {}
    if case.sheet.dialect is None or case.sheet.line_count <= LOOKED_THROUGH:
        told["errors"] = "names"
    layout = case.fit.layout
    added = layout.wide.added if layout.wide else int(layout.split is not None)
    width = len(case.fit.headers) - added
    whole = case.sheet.dialect is not None or case.sheet.cells == "all"
    if whole and whole_rows(rows_below(case), width):
        told["cells"] = "all"
    return told


def _shapes(case: Case, found: Match) -> set[str | None]:
    return {values.shape_of(cell) for cell in case.cells(found)}


def _order(
    case: Case, ordered: Mapping[str, Match], scan: Scan | None
) -> tuple[str | None, Question | None]:
    name = next(iter(ordered))
    known = case.hints.date_order or (case.old.formats.get("date_order") if case.old else None)
    if known:
        return known, None
    texts: set[str] = set()
    for found in ordered.values():
        more = scan(case.sheet, case.fit.header_line, found.at) if scan else ()
        texts |= {cell for cell in (*case.cells(found), *more) if cell}
    return date_order(texts, name, case.today)
