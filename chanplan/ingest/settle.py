"""From matched columns to a recipe: everything a file leaves open is decided or asked here."""

from __future__ import annotations

from collections.abc import Mapping

from chanplan.domain.recipe import Grain, Recipe, Tax
from chanplan.ingest import counted_twice, pasted_twice, sections, values, yearless
from chanplan.ingest.confidence import chosen
from chanplan.ingest.given_back import given_back
from chanplan.ingest.left_out import left_out
from chanplan.ingest.matching import Match
from chanplan.ingest.naming import basis_words, channel_word, tax_word
from chanplan.ingest.refunds import Votes, total_column, votes
from chanplan.ingest.refunds import decided as decided_refunds
from chanplan.ingest.settle_case import DIRECT, Case, Scan, says_something, texts_around
from chanplan.ingest.settle_columns import kept_columns
from chanplan.ingest.settle_formats import LOOKED_THROUGH, cell_formats, told_money
from chanplan.ingest.settle_layout import (
    check_groups,
    filled_down,
    one_month,
    recent_years,
    told_in_groups,
    wide_months,
)
from chanplan.ingest.statuses import by_flag, decided, not_sales
from chanplan.ingest.suggesting import suggested
from chanplan.ingest.targets import measured
from chanplan.ingest.told import Note, Proposal, Question, StatusRule


def settle(case: Case, scan: Scan | None) -> Proposal:
    """The proposal for one sheet, without the workbook's other sheets."""
    check_groups(case)
    matches, notes = kept_columns(case)
    counted_twice.check(case, matches)
    pasted_twice.check(case, matches)
    sections.check(case, matches)
    formats, questions, more = cell_formats(case, matches, scan)
    constants, asked, told = _channel(case, matches)
    of_month, open_month, told_month = one_month(case)
    constants |= of_month
    constants |= measured(
        case.fit.table, matches, (*texts_around(case), case.sheet.name, case.name)
    )
    basis, why = _basis(case, matches)
    line_types, statuses = _line_types(case, matches, scan)
    given_back, open_refunds, told_refunds = _refunds(case, matches)
    money, assumed = told_money(case, matches)
    formats |= given_back | money | dict.fromkeys(of_month, "month")
    of_year, open_years, told_year = yearless.settled(case, matches, recent_years(case.today))
    formats |= of_year
    main = _main_date(case, matches)
    unsure, told_wide = wide_months(case)
    groups, open_groups = told_in_groups(case, matches)
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
        filled=filled_down(case, matches),
        carried=groups,
        area=case.sheet.area,
    )
    used = {found.at for found in matches.values()} | case.fit.layout.spread
    unused = tuple(h for at, h in enumerate(case.fit.headers) if h and at not in used)
    return Proposal(
        recipe=recipe,
        sheet=case.sheet,
        choices=tuple(
            chosen(name, found, case.fit.table.columns[name], case.cells(found))
            for name, found in matches.items()
        ),
        suggestions=suggested(case.fit.table, case.fit.headers, matches, used),
        unused=unused,
        questions=(
            *asked,
            *open_month,
            *unsure,
            *questions,
            *open_groups,
            *open_refunds,
            *open_years,
        ),
        notes=(
            *(note for note in case.fit.notes if not (of_year and _of_dates(note))),
            *notes,
            *told,
            *told_month,
            *told_year,
            *more,
            *why,
            *not_sales(statuses),
            *told_refunds,
            *told_wide,
            *left_out(case, matches, unused),
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
    stated = next((matches[n] for n in ("amount", *DIRECT) if n in matches), None)
    refund = matches["refund"]
    found = Votes()
    if stated is not None:
        total = total_column(case.fit.headers, stated.at)
        found = votes(case.fit.sample, stated.at, refund.at, total)
    reading, asked, told = decided_refunds(found, refund.header)
    return {"refund_is": reading}, asked, told


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
    names = ("date", "amount", *DIRECT)
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
    stated = [name for name in DIRECT if name in matches]
    filled = [name for name in stated if says_something(case, matches[name])]
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
    if scan and case.sheet.line_count <= LOOKED_THROUGH and not case.fit.layout.wide:
        seen |= {text for m in columns for text in scan(case.sheet, case.fit.header_line, m.at)}
    flags = {word: kind for found in columns for word, kind in by_flag(found.header).items()}
    told = {text: flags[word] for text in seen if (word := values.tidy(text)) in flags}
    said = {**told, **case.hints.line_types}
    old = case.old.line_types if case.old else None
    by_rows = given_back(case, matches, seen) if old is None else {}
    return decided(seen, said, old, by_rows)


def _of_dates(note: Note) -> bool:
    """Whether a note says that the dates cannot be read."""
    return note.code == "values_do_not_fit" and note.values.get("field") == "date"


def _main_date(case: Case, matches: Mapping[str, Match]) -> str | None:
    columns = case.fit.table.columns.values()
    return next((c.name for c in columns if c.kind == "date" and c.name in matches), None)


def _grain(shape: str) -> Grain:
    return "month" if shape in ("month", "year", "period") else "day"
