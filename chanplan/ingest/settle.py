"""From matched columns to a recipe: everything a file leaves open is decided or asked here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.recipe import Grain, Recipe, SplitDate, Tax
from chanplan.ingest import currencies, values
from chanplan.ingest.carrying import FEWEST_GROUPS, in_groups
from chanplan.ingest.confidence import chosen
from chanplan.ingest.fields import NUMBERS
from chanplan.ingest.fitting import Fit
from chanplan.ingest.headers import fallbacks, spellings, words
from chanplan.ingest.matching import Match, cells_of, fits
from chanplan.ingest.naming import basis_words, channel_word, source_name, tax_word
from chanplan.ingest.quarters import coarse, names_quarter
from chanplan.ingest.read import Sheet
from chanplan.ingest.refunds import Votes, total_column, votes
from chanplan.ingest.refunds import decided as decided_refunds
from chanplan.ingest.scales import scale, stated, whole
from chanplan.ingest.statuses import by_flag, decided, not_sales, tells_types
from chanplan.ingest.suggesting import suggested
from chanplan.ingest.targets import measured, with_periods, with_rates
from chanplan.ingest.told import Hints, Note, Proposal, Question, StatusRule
from chanplan.ingest.wide import differing, open_year
from chanplan.ingest.written_dates import date_order, swapped, usual_shape
from chanplan.ingest.written_numbers import decimal_sign, whole_rows
from chanplan.settings import DEFAULT_CURRENCY

# Tables of facts: a row dated after today is a slip of the pen. Plans may lie ahead.
_PAST = frozenset({"sales", "stock", "collections", "control_totals"})
# Lines of a text whose names are looked through for Excel's errors; larger ones come from
# databases, and looking would cost a fifth of loading them.
_LOOKED_THROUGH = 200_000
# Members whose names sheets tell once for a group of rows.
_TOLD_ONCE = ("date", "channel", "partner", "region", "province", "city")
_DIRECT = ("amount_with_tax", "amount_without_tax")
# Prices are told in whole money, whatever the sums beside them are told in.
_PRICES = ("unit_price", "list_price", "unit_cost")
# Longer ones are remarks.
_LONGEST_NAME = 12
# A remark fills one or two cells of its row.
_LONE = 2

Scan = Callable[[Sheet, int, int], Iterable[str]]


@dataclass(frozen=True)
class Case:
    """One sheet to settle: its fit, what the person said, what was remembered, the company's
    currency."""

    sheet: Sheet
    fit: Fit
    name: str
    hints: Hints
    old: Recipe | None
    today: date
    company: str = DEFAULT_CURRENCY

    @cached_property
    def source(self) -> str:
        """The hinted source, else a name made of the file's."""
        return self.hints.source or source_name(self.name, self.sheet.name)

    @property
    def sales(self) -> bool:
        """Whether the sheet holds sales lines."""
        return self.fit.table.name == "sales"

    def cells(self, found: Match) -> list[str | None]:
        """The sample cells of one column."""
        return cells_of(self.fit.sample, found.at)


def settle(case: Case, scan: Scan | None) -> Proposal:
    """The proposal for one sheet, without the workbook's other sheets."""
    _check_groups(case)
    matches, notes = _kept(case)
    formats, questions, more = _formats(case, matches, scan)
    constants, asked, told = _channel(case, matches)
    of_month, open_month, told_month = _month(case)
    constants |= of_month
    constants |= measured(case.fit.table, matches, (*_around(case), case.sheet.name, case.name))
    basis, why = _basis(case, matches)
    line_types, statuses = _line_types(case, matches, scan)
    given_back, open_refunds, told_refunds = _refunds(case, matches)
    money, assumed = _money(case, matches)
    formats |= given_back | money | dict.fromkeys(of_month, "month")
    main = _main_date(case, matches)
    unsure, told_wide = _wide(case)
    groups, open_groups = _groups(case, matches)
    recipe = Recipe(
        table=case.fit.table.name,
        source=case.source,
        headers=case.fit.headers,
        header_line=case.fit.header_line,
        columns={name: found.at for name, found in matches.items()},
        sheet=case.sheet.name,
        dialect=case.sheet.dialect,
        formats=formats,
        constants=constants,
        line_types=line_types,
        basis=basis,
        tax=_tax(case, matches),
        tax_rate=_tax_rate(case),
        grain="month" if of_month else _grain(formats.get(main, "iso") if main else "iso"),
        wide=case.fit.layout.wide,
        split=case.fit.layout.split,
        header_rows=case.fit.header_rows,
        filled=_filled(case, matches),
        carried=groups,
        area=case.sheet.area,
    )
    used = {found.at for found in matches.values()} | case.fit.layout.spread
    return Proposal(
        recipe=recipe,
        sheet=case.sheet,
        choices=tuple(
            chosen(name, found, case.fit.table.columns[name], case.cells(found))
            for name, found in matches.items()
        ),
        suggestions=suggested(case.fit.table, case.fit.headers, matches, used),
        unused=tuple(h for at, h in enumerate(case.fit.headers) if h and at not in used),
        questions=(*asked, *open_month, *unsure, *questions, *open_groups, *open_refunds),
        notes=(
            *case.fit.notes,
            *notes,
            *told,
            *told_month,
            *more,
            *why,
            *not_sales(statuses),
            *told_refunds,
            *told_wide,
        ),
        statuses=statuses,
        shape=case.fit.shape.code if case.fit.shape else None,
        currency_assumed=assumed,
    )


def _refunds(
    case: Case, matches: dict[str, Match]
) -> tuple[dict[str, str], list[Question], list[Note]]:
    """How a refund column goes with the amount; without one, nothing that describes it counts."""
    if not case.sales or "refund" not in matches:
        for name in ("refund_date", "refund_type") if case.sales else ():
            matches.pop(name, None)
        return {}, [], []
    known = case.hints.refunds or (case.old.formats.get("refund_is") if case.old else None)
    if known:
        return {"refund_is": known}, [], []
    stated = next((matches[n] for n in ("amount", *_DIRECT) if n in matches), None)
    refund = matches["refund"]
    found = Votes()
    if stated is not None:
        total = total_column(case.fit.headers, stated.at)
        found = votes(case.fit.sample, stated.at, refund.at, total)
    reading, asked, told = decided_refunds(found, refund.header)
    return {"refund_is": reading}, asked, told


def _wide(case: Case) -> tuple[list[Question], list[Note]]:
    """What a sheet with its months side by side leaves open: its year, what its cells are."""
    layout = case.fit.layout
    if layout.split is not None:
        return _split(case, layout.split)
    if layout.wide is None:
        return [], []
    heads = [layout.headers[at] for at, _ in layout.wide.months]
    notes = [Note("wide_months", {"first": heads[0], "last": heads[-1], "count": len(heads)})]
    below = case.sheet.top[case.fit.header_line :]
    if wrong := differing(layout, below):
        header = layout.headers[layout.totals or 0]
        notes.append(Note("wide_totals_differ", {"rows": wrong, "header": header}))
    questions = []
    if open_year(layout.wide):
        questions.append(Question("year", "year", layout.years or _recent(case.today)))
    elif layout.wide.year and not case.hints.year:
        notes.append(Note("year_from_around", {"year": layout.wide.year}))
    if not (layout.kinds or case.hints.table or case.old):
        questions.append(Question("table", "table", ("sales", "targets")))
    return questions, notes


def _split(case: Case, split: SplitDate) -> tuple[list[Question], list[Note]]:
    """What a date told in parts leaves open: the year of bare months."""
    headers = [header for at, header in enumerate(case.fit.headers) if at in split.ats]
    notes = [Note("date_in_parts", {"headers": headers})]
    if split.year_at is not None:
        return [], notes
    if split.year is None:
        years = case.fit.layout.years or _recent(case.today)
        return [Question("year", "year", years)], notes
    if not case.hints.year:
        notes.append(Note("year_from_around", {"year": split.year}))
    return [], notes


def _month(case: Case) -> tuple[dict[str, str], list[Question], list[Note]]:
    """The month of a sheet that dates no row, as its name or a person says; a title's or a
    file's is asked once, and taken from then on."""
    day, told = case.fit.undated, case.fit.layout.month
    if day is None or told is None:
        return {}, [], []
    known = told.certain or (case.old is not None and day in case.old.constants)
    if known and told.whole:
        notes = [] if case.hints.month else [Note("month_from_around", {"month": told.month})]
        return {day: told.month}, [], notes
    years = () if told.whole else tuple(f"{year}-{told.month}" for year in _recent(case.today))
    proposal = told.month if told.whole else None
    constants = {day: told.month} if told.whole else {}
    return constants, [Question("month", "month", years or (told.month,), proposal)], []


def _filled(case: Case, matches: Mapping[str, Match]) -> tuple[int, ...]:
    """Columns of names and dates in which a merged cell speaks for the rows it covers."""
    kinds = case.fit.table.columns
    named = {m.at for name, m in matches.items() if kinds[name].kind in ("text", "date", "flag")}
    named |= case.fit.layout.split.ats if case.fit.layout.split else frozenset()
    return tuple(sorted(named & set(case.sheet.covered)))


def _groups(case: Case, matches: Mapping[str, Match]) -> tuple[tuple[int, ...], list[Question]]:
    """Whether names are told once for a group of rows, which is asked and never guessed."""
    split = case.fit.layout.split
    found = [*(sorted(split.ats) if split else ())]
    # A date put together from its parts stands in no column of the file.
    found += [matches[n].at for n in _TOLD_ONCE if n in matches and not (split and n == "date")]
    open_columns = tuple(
        at for at in found if at not in case.sheet.covered and in_groups(_below(case), at)
    )
    known = case.hints.fill_down
    if not known and case.old is not None:
        known = "yes" if case.old.carried else "no"
    if not open_columns or known == "no":
        return (), []
    if known == "yes":
        return open_columns, []
    header = case.fit.headers[open_columns[0]]
    return (), [Question("fill_down", header, ("yes", "no"), "yes")]


def _check_groups(case: Case) -> None:
    """UnrecognisedTableError where lines of their own tell whose the rows below are, and these do
    not: what stands there would be lost."""
    if not case.sales or case.fit.layout.wide or case.hints.channel:
        return
    named = [m.at for n, m in case.fit.matches.items() if n in _TOLD_ONCE and n != "date"]
    rows = _below(case)[: len(case.fit.sample)]
    heads = {head for head, row in zip(map(_group, rows), rows[1:], strict=False)
             if head and len([cell for cell in row if cell]) > _LONE}  # fmt: skip
    full = [row for row in rows if len([cell for cell in row if cell]) > _LONE]
    told = any(at < len(row) and row[at] for row in full for at in named)
    if len(heads) >= FEWEST_GROUPS and not told:
        raise UnrecognisedTableError("groups_in_rows", name=case.name, heads=sorted(heads)[:5])


def _group(row: Sequence[str | None]) -> str | None:
    """What the only cell of a row says, where it is a short name."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    if len(cells) != 1 or len(cells[0]) > _LONGEST_NAME or not cells[0].isalpha():
        return None
    return cells[0]


def _recent(today: date) -> tuple[str, ...]:
    return tuple(str(today.year - back) for back in (-1, 0, 1, 2, 3, 4))


def _kept(case: Case) -> tuple[dict[str, Match], list[Note]]:
    """The matches without those that would contradict another one."""
    matches, notes = dict(case.fit.matches), []
    if case.sales and case.hints.channel and "channel" in matches:
        notes.append(Note("channel_given", {"header": matches.pop("channel").header}))
    notes += _told_twice(case, matches)
    notes += _heading_twice(case, matches)
    notes += _type_by_values(case, matches)
    notes += _own_money(case, matches)
    notes += _date_of_basis(case, matches)
    matches |= with_periods(case.fit.table, matches, case.fit.sample)
    quantity = matches.get("quantity")
    if case.sales and quantity and "unit" not in matches and _counted(case.cells(quantity)):
        matches["unit"] = Match(quantity.at, quantity.header, "in_cells")
    if "discount_rate" in matches and not _is_discount_rate(case.cells(matches["discount_rate"])):
        facts = {"header": matches.pop("discount_rate").header}
        notes.append(Note("discount_unclear", facts))
    return matches, notes


def _told_twice(case: Case, matches: dict[str, Match]) -> list[Note]:
    """Beside an amount that a person named, no other counts; else the one with tax goes first."""
    if not {"amount", "amount_with_tax"} <= set(matches):
        return []
    plain, taxed = matches["amount"], matches["amount_with_tax"]
    if plain.reason == "given" != taxed.reason:
        del matches["amount_with_tax"]
        return []
    told = _says_something(case, plain) and _says_something(case, taxed)
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


def _own_money(case: Case, matches: dict[str, Match]) -> list[Note]:
    """Of amounts told in two currencies, a column each, those in the company's own count."""
    found = matches.get("amount")
    if not case.sales or found is None or found.reason == "given":
        return []
    said = case.hints.currency or case.company
    if currencies.in_heading(found.header) in (None, said):
        return []
    bare = spellings(found.header)[-1]
    taken = {match.at for match in matches.values()}
    for at, header in enumerate(case.fit.headers):
        alike = header and at not in taken and spellings(header)[-1] == bare
        if alike and currencies.in_heading(header) in (None, said):
            matches["amount"] = replace(found, at=at, header=header)
            return [Note("amount_in_own_money", {"header": header, "other": found.header})]
    return []


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


def _says_something(case: Case, found: Match) -> bool:
    return not all(values.is_none(cell) for cell in case.cells(found))


def _is_discount_rate(cells: Iterable[str | None]) -> bool:
    """Whether 0.2 means 20 % off. Where no line is at 0 and some are at 1, it means 20 % paid."""
    rates = {rate for cell in cells if (rate := values.rate_of(cell)) is not None}
    return all(0 <= rate <= 1 for rate in rates) and not (1 in rates and 0 not in rates)


def _formats(
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
        elif kind == "quantity" and _counted(cells):
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
    if case.fit.table.name in _PAST:
        formats["not_after"] = (case.today + timedelta(days=1)).isoformat()
    return formats, questions, notes


def _scaled(case: Case, name: str, found: Match) -> Note | None:
    """In how many a column is told, by its heading or else by what stands around the table."""
    if (factor := scale(found.header)) != 1:
        return Note("heading_scale", {"header": found.header, "factor": factor})
    single = name in _PRICES or case.fit.table.columns[name].kind != "amount"
    if single or case.fit.layout.wide or whole(found.header):
        return None
    below = case.cells(found)[:1]
    factor = stated((*below, *_around(case)))
    return Note("stated_scale", {"header": found.header, "factor": factor}) if factor != 1 else None


def _around(case: Case) -> list[str]:
    """The cells above a table, and remarks among and below its rows."""
    above = case.sheet.top[: max(case.fit.header_line - case.fit.header_rows, 0)]
    lone = (row for row in (*above, *case.fit.sample) if 0 < sum(map(bool, row)) <= _LONE)
    return [cell for row in (*above, *lone) for cell in row if cell]


def _counted(cells: Sequence[str | None]) -> bool:
    """Whether most cells of a quantity tell their unit behind the number."""
    told = [cell for cell in cells if not values.is_none(cell)]
    return sum(1 for cell in told if values.unit_of(cell)) * 2 >= max(len(told), 1)


def _decimal(case: Case, matches: Mapping[str, Match]) -> tuple[str | None, Question | None]:
    """The decimal sign of all numbers of the file: one program wrote them."""
    known = case.hints.decimal or (case.old.formats.get("decimal") if case.old else None)
    if known:
        return ("comma" if known == "comma" else None), None
    kinds = case.fit.table.columns
    found = [m for name, m in matches.items() if kinds[name].kind in NUMBERS]
    cells = [cell for one in found for cell in case.cells(one)]
    return decimal_sign(cells, as_text=case.sheet.dialect is not None)


def _money(case: Case, matches: Mapping[str, Match]) -> tuple[dict[str, str], bool]:
    """The money of the amounts, and whether nobody says it; of sales it may be any, of everything
    else the company's."""
    kinds = case.fit.table.columns
    amounts = [matches[name] for name in kinds if name in matches and kinds[name].kind == "amount"]
    if not amounts:
        return {}, False
    heads = [found.header for found in amounts]
    cells = [cell for found in amounts for cell in case.cells(found)]
    told = currencies.said(heads, cells, _around(case))
    money = case.hints.currency or told or case.company
    if not case.sales and money != case.company:
        raise UnrecognisedTableError(
            "other_currency", name=case.name, header=heads[0], said=money, company=case.company
        )
    assumed = case.sales and "currency" not in matches and not (case.hints.currency or told)
    return ({} if money == DEFAULT_CURRENCY else {"currency": money}), assumed


def _rows(case: Case) -> dict[str, str]:
    told = {}
    if case.sheet.dialect is None or case.sheet.line_count <= _LOOKED_THROUGH:
        told["errors"] = "names"
    layout = case.fit.layout
    added = layout.wide.added if layout.wide else int(layout.split is not None)
    width = len(case.fit.headers) - added
    if case.sheet.dialect is not None and whole_rows(_below(case), width):
        told["cells"] = "all"
    return told


def _below(case: Case) -> tuple[tuple[str | None, ...], ...]:
    return case.sheet.top[case.fit.header_line :]


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


def _channel(
    case: Case, matches: Mapping[str, Match]
) -> tuple[dict[str, str], list[Question], list[Note]]:
    constants = {
        n: v
        for n, v in (case.old.constants if case.old else {}).items()
        if n not in ("channel", case.fit.undated)
    }
    constants = {n: value for n, value in constants.items() if n not in matches}
    if "channel" in matches or "channel" not in case.fit.table.columns:
        return constants, [], []
    if not case.sales:  # what names no channel is of them all, where nobody says otherwise
        return constants | ({"channel": told} if (told := case.hints.channel) else {}), [], []
    before = case.old.constants.get("channel") if case.old else None
    same_source = case.old is not None and case.old.source == case.source
    if told := case.hints.channel or (before if same_source else None):
        return {**constants, "channel": told}, [], []
    usual = case.fit.shape.channel if case.fit.shape else None
    proposal = channel_word(case.name) or before or usual
    return constants, [Question("channel", "channel", proposal=proposal)], []


def _basis(case: Case, matches: Mapping[str, Match]) -> tuple[str, list[Note]]:
    if case.hints.basis:
        return case.hints.basis, []
    if case.old is not None:
        return case.old.basis, []
    if case.fit.shape is not None and case.fit.shape.basis:
        return case.fit.shape.basis, []
    if not case.sales:
        return "order", []
    names = ("date", "amount", *_DIRECT)
    heads = [matches[name].header for name in names if name in matches]
    found = basis_words((*heads, case.sheet.name or "", case.name))
    if found is None:
        return "order", []
    basis, word = found
    return basis, [Note("basis_from_words", {"word": word, "basis": basis})]


def _tax(case: Case, matches: Mapping[str, Match]) -> Tax:
    told = case.hints.tax or (case.old.tax if case.old else None)
    if told in ("with_tax", "without_tax"):
        return "with_tax" if told == "with_tax" else "without_tax"
    if not case.sales:
        return "unstated"
    stated = [name for name in _DIRECT if name in matches]
    filled = [name for name in stated if _says_something(case, matches[name])]
    if "amount" not in matches and stated:
        # Either word decides; where both sides are given, the one with tax is the main one.
        return "with_tax" if "amount_with_tax" in (filled or stated) else "without_tax"
    names = ("amount",) if "amount" in matches else ("unit_price", "list_amount")
    heads = [matches[name].header for name in names if name in matches]
    known = next((tax for head in heads if (tax := tax_word(head))), None)
    return known or ("with_tax" if filled else "unstated")


def _tax_rate(case: Case) -> str | None:
    rate = values.rate_of(case.hints.tax_rate) if case.hints.tax_rate else None
    if rate is not None:
        return str(rate / 100 if rate > 1 else rate)
    return case.old.tax_rate if case.old else None


def _line_types(
    case: Case, matches: Mapping[str, Match], scan: Scan | None
) -> tuple[dict[str, str], tuple[StatusRule, ...]]:
    """What the words of the status columns mean; every row of a small file is looked through."""
    columns = [matches[name] for name in ("line_type", "status") if name in matches]
    if not case.sales or not columns:
        return {}, ()
    seen = {cell for found in columns for cell in case.cells(found) if cell}
    if scan and case.sheet.line_count <= _LOOKED_THROUGH and not case.fit.layout.wide:
        seen |= {text for m in columns for text in scan(case.sheet, case.fit.header_line, m.at)}
    flags = {word: kind for found in columns for word, kind in by_flag(found.header).items()}
    told = {text: flags[word] for text in seen if (word := values.tidy(text)) in flags}
    said = {**told, **case.hints.line_types}
    return decided(seen, said, case.old.line_types if case.old else None)


def _main_date(case: Case, matches: Mapping[str, Match]) -> str | None:
    columns = case.fit.table.columns.values()
    return next((c.name for c in columns if c.kind == "date" and c.name in matches), None)


def _grain(shape: str) -> Grain:
    return "month" if shape in ("month", "year", "period") else "day"
