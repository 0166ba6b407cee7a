"""Rows of files into a transaction that somebody has opened: rows, then the summaries once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chanplan.domain.errors import RestatedError
from chanplan.domain.restated import Restated
from chanplan.domain.underway import Underway
from chanplan.ingest.load import Counts, load_many
from chanplan.ingest.wide import rows
from chanplan.store import Store, authority, batches, joined, posting, restating
from chanplan.store.gateway import Transaction
from chanplan.workspace import below, drifting, records
from chanplan.workspace.loading.work import Work, groups, posts
from chanplan.workspace.records import Outcome, Told

SALES = "sales"


def bring(
    store: Store,
    writer: Transaction,
    work: Sequence[Work],
    told: Told | None,
    ask: bool,
    guard: bool = False,
    underway: Underway | None = None,
) -> list[Outcome]:
    """Rows of all files, then the summaries once; `ask` where files that do not say what becomes of
    lines told before may tell none, `guard` where closed months must stand."""
    counts: dict[int, Counts] = {}
    for group in groups(work):
        if told:
            told(len(counts))
        counts |= _insert(writer, group)
    for one in work if guard else ():  # what has counted once counts when it is made anew
        below.check(writer, one.entry.seq, one.original.name, one.sheet, one.recipe)
    restated = _fit_sales(store, writer, work)
    if ask:
        _check_repeats(work, restated)
    _post(writer, work, guard)
    unlike = {one.entry.seq: drifting.told(writer, one.entry.seq, one.recipe) for one in work}
    drifting.keep(writer, unlike)
    _activate_sales(writer, work)
    if underway:
        underway.now("sum")
    store.settling.batches(writer, *counts)
    return [
        replace(made, drift=unlike[made.batch])
        for made in _outcomes(writer, work, counts, restated)
    ]


def _insert(writer: Transaction, group: Sequence[Work]) -> dict[int, Counts]:
    """The rows of files with one recipe, in one pass."""
    recipe = group[0].recipe
    relations = {one.entry.seq: rows(one.sheet, one.recipe) for one in group}
    counts = load_many(writer, relations, recipe)
    for one in group:
        made = counts[one.entry.seq]
        batches.record(writer, records.batch_row(one.entry, one.original, one.recipe, made))
    if recipe.table != SALES:
        batches.activate(writer, recipe.table, *counts)
    return counts


def _fit_sales(
    store: Store, writer: Transaction, work: Sequence[Work]
) -> dict[int, Restated | None]:
    """Lines are told in the company's terms once its masters count; then they can be held
    against those of before."""
    sales = {one.entry.seq: one.recipe for one in work if one.recipe.table == SALES}
    if sales:
        store.settling.fit(writer, *sales)
    return {
        batch: restating.beside(writer, batch, recipe.source, recipe.basis)
        for batch, recipe in sales.items()
    }


def _post(writer: Transaction, work: Sequence[Work], guard: bool) -> None:
    """Lines of closed months count elsewhere, where the journal says so."""
    for one in work:
        if where := posts(one):
            if guard and one.recipe.table == SALES:
                posting.check_new(writer, one.entry.seq, one.entry.body["takes"], [*where])
            posting.post(writer, one.entry.seq, where)


def _activate_sales(writer: Transaction, work: Sequence[Work]) -> None:
    sales = [one.entry.seq for one in work if one.recipe.table == SALES]
    if sales:
        batches.activate(writer, SALES, *sales)


def _check_repeats(work: Sequence[Work], restated: Mapping[int, Restated | None]) -> None:
    for one in work:
        found = restated.get(one.entry.seq)
        # An early journal does not say; then all that came has counted.
        decided = one.entry.body.get("takes", "append") is not None
        if found is not None and found.repeats and not decided:
            raise RestatedError(
                "restated",
                found,
                file=one.original.name,
                others=found.files,
                same=found.same,
                changed=found.changed,
            )


def _outcomes(
    writer: Transaction,
    work: Sequence[Work],
    counts: Mapping[int, Counts],
    restated: Mapping[int, Restated | None],
) -> list[Outcome]:
    months = batches.months(writer, *counts)
    overlaps = batches.overlapping(writer, *counts)
    rivals = authority.rivals(writer, *counts)
    monies = batches.currencies(writer, *counts)
    posted = posting.told(writer, *counts)
    return [
        Outcome(
            one.original.name,
            one.recipe.table,
            batch := one.entry.seq,
            counts[batch],
            one.recipe,
            tuple(months[batch]),
            None,
            overlaps.get(batch, ()),
            rivals.get(batch, ()),
            joined=joined.told(writer, batch, one.recipe.table),
            restated=restated.get(batch),
            takes=one.entry.body.get("takes"),
            currencies=monies.get(batch, ()),
            posted=posted.get(batch, ()),
        )
        for one in work
    ]
