"""Typed rows go into their table in one pass; what cannot be read is set aside with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from chanplan.domain.errors import UnreadableFileError
from chanplan.domain.ports import Writer
from chanplan.domain.recipe import Recipe
from chanplan.ingest.clean import cleaning
from chanplan.ingest.reading.plain import of_all
from chanplan.ingest.reading.sheet import Relation
from chanplan.ingest.statements import (
    NONE_SKIPPED,
    NOTHING,
    PLACES,
    ZERO,
    Aside,
    MonthOf,
    Part,
    Skipped,
    Statements,
    StatusPart,
)

# A larger file is not read once more to tell its statuses one by one; its line types are told.
MOST_BY_STATUS = 500_000


def calendar_month(day: str) -> str:
    """The month of the calendar; a company's own cut-off day is the store's affair."""
    return f"year({day}) * 100 + month({day})"


@dataclass(frozen=True)
class Counts:
    """What became of the rows below a header: file = loaded + set_aside + skipped.

    sum_*        money of `clean.money_field`, as stored (returns negative); sum_file is before
                 rounding, so sum_file = sum_loaded + sum_set_aside − rounding
    rounded      rows whose money had more than four places; rounding: what that added in all
    covered_to   the last day the file speaks of; a month-grain line covers its month
    reasons      'reason:field' → rows set aside for it
    by_type      line type → its loaded rows; their sums are sum_loaded together
    statuses     the same by the text of the status column, where there is one
    stated       what the file's own total row says its money is; None where it has none
    stated_off   by how much that is more than the rows it sums up
    refunds      what stands in the rows of orders as given back, which makes return lines; of it
                 `by_type` knows nothing. Where the file's amounts are without it, sum_loaded is
                 Σ by_type − refunds
    """

    file: int
    loaded: int
    set_aside: int
    skipped: int
    sum_file: Decimal = ZERO
    sum_loaded: Decimal = ZERO
    sum_set_aside: Decimal = ZERO
    rounded: int = 0
    rounding: Decimal = ZERO
    months: tuple[int, ...] = ()
    covered_to: date | None = None
    reasons: Mapping[str, int] = field(default_factory=dict)
    by_type: Mapping[str, Part] = field(default_factory=dict)
    statuses: tuple[StatusPart, ...] = ()
    refunds: Part | None = None
    stated: Decimal | None = None
    stated_off: Decimal | None = None


def together(parts: Sequence[Counts]) -> Counts:
    """What became of the rows of several sheets; a total of their own only where each has one."""
    if len(parts) == 1:
        return parts[0]
    stated = [one.stated for one in parts if one.stated is not None]
    off = [one.stated_off or ZERO for one in parts]
    refunds = [one.refunds for one in parts if one.refunds]
    by_status: dict[tuple[str, str], list[Part]] = {}
    for one in parts:
        for told in one.statuses:
            by_status.setdefault((told.status, told.line_type), []).append(told)
    whole = len(stated) == len(parts)
    return Counts(
        file=sum(one.file for one in parts),
        loaded=sum(one.loaded for one in parts),
        set_aside=sum(one.set_aside for one in parts),
        skipped=sum(one.skipped for one in parts),
        sum_file=sum((one.sum_file for one in parts), ZERO),
        sum_loaded=sum((one.sum_loaded for one in parts), ZERO),
        sum_set_aside=sum((one.sum_set_aside for one in parts), ZERO),
        rounded=sum(one.rounded for one in parts),
        rounding=sum((one.rounding for one in parts), ZERO),
        months=tuple(sorted({month for one in parts for month in one.months})),
        covered_to=max((one.covered_to for one in parts if one.covered_to), default=None),
        reasons=dict(sum((Counter(one.reasons) for one in parts), Counter[str]())),
        by_type={
            kind: _added([one.by_type[kind] for one in parts if kind in one.by_type])
            for kind in dict.fromkeys(kind for one in parts for kind in one.by_type)
        },
        statuses=tuple(
            StatusPart(_added(told).rows, _added(told).money, *key)
            for key, told in by_status.items()
        ),
        refunds=_added(refunds) if refunds else None,
        stated=sum(stated, ZERO) if whole else None,
        stated_off=sum(off, ZERO) if whole else None,
    )


def _added(parts: Sequence[Part]) -> Part:
    return Part(sum(one.rows for one in parts), sum((one.money for one in parts), ZERO))


def load(
    writer: Writer,
    relation: Relation,
    recipe: Recipe,
    batch: int,
    months: MonthOf = calendar_month,
) -> Counts:
    """Insert the relation's rows under `batch`; the caller's transaction commits or rolls back.

    UnreadableFileError if a row should be neither loaded, set aside nor skipped.
    """
    return load_many(writer, {batch: relation}, recipe, months)[batch]


def load_many(
    writer: Writer,
    relations: Mapping[int, Relation],
    recipe: Recipe,
    months: MonthOf = calendar_month,
) -> dict[int, Counts]:
    """The same for relations that one recipe reads: batch → counts."""
    for relation in relations.values():
        for name, rows in relation.lent.items():
            writer.lend(name, rows)
    plain = of_all(relation.plain for relation in relations.values())
    work = Statements(writer, relations, recipe, cleaning(recipe, plain))
    inserted, surveyed = work.insert(months), work.survey()
    refunds = work.refund()
    all_good = inserted == sum(rows for rows, _ in surveyed.values())
    aside, skipped = ({}, {}) if all_good else (work.put_aside(), work.skipped())
    work.label()
    exact = all(places <= PLACES for _, places in surveyed.values())
    rounding = {} if exact else work.rounding()
    loaded, covered, by_type = work.loaded(), work.covered(months), work.by_type()
    few = sum(rows for rows, _ in surveyed.values()) <= MOST_BY_STATUS
    statuses = work.by_status() if few else {}
    counts = {
        batch: _counted(
            rows,
            _as_told(loaded.get(batch, (0, ZERO)), refunds.get(batch), recipe),
            aside.get(batch, NOTHING),
            skipped.get(batch, NONE_SKIPPED),
            rounding.get(batch, (0, ZERO)),
            covered.get(batch, ((), None)),
        )
        for batch, (rows, _) in surveyed.items()
    }
    stated = work.stated({batch: told.totals for batch, told in skipped.items() if told.totals})
    return {
        batch: replace(
            made,
            stated=stated[batch][0] if batch in stated else None,
            stated_off=stated[batch][1] if batch in stated else None,
            by_type=by_type.get(batch, {}),
            statuses=statuses.get(batch, ()),
            refunds=refunds.get(batch),
        )
        for batch, made in counts.items()
    }


def _as_told(
    loaded: tuple[int, Decimal], refunds: Part | None, recipe: Recipe
) -> tuple[int, Decimal]:
    """The loaded money as the file's own column sums it: where that is without refunds, the
    lines are before them."""
    rows, money = loaded
    within = refunds is not None and recipe.formats.get("refund_is") == "within"
    return rows, money - refunds.money if refunds and within else money


def _counted(
    rows: int,
    loaded: tuple[int, Decimal],
    aside: Aside,
    skipped: Skipped,
    rounding: tuple[int, Decimal],
    covered: tuple[tuple[int, ...], date | None],
) -> Counts:
    kept, money = loaded
    if rows != kept + aside.rows + skipped.rows:
        raise UnreadableFileError(
            "rows_unaccounted",
            file=rows,
            loaded=kept,
            set_aside=aside.rows,
            skipped=skipped.rows,
        )
    return Counts(
        file=rows,
        loaded=kept,
        set_aside=aside.rows,
        skipped=skipped.rows,
        sum_file=money + aside.money - rounding[1],
        sum_loaded=money,
        sum_set_aside=aside.money,
        rounded=rounding[0],
        rounding=rounding[1],
        months=covered[0],
        covered_to=covered[1],
        reasons=aside.reasons,
    )
