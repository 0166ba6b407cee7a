"""What makes two imports the same one, and what came of those that were loaded before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chanplan.domain.recipe import Recipe
from chanplan.ingest.recognise import Proposal
from chanplan.store import Store
from chanplan.store.originals import Original
from chanplan.workspace import records
from chanplan.workspace.records import Outcome

# The bytes, the table, the sheet.
Identity = tuple[str, str, str | None]


def identity(original: Original, proposal: Proposal) -> Identity:
    """What tells a proposal of a file from every other import."""
    return original.sha256, proposal.recipe.table, _place(proposal.recipe)


def key(file: tuple[Original, Proposal]) -> tuple[str, Identity]:
    """One sheet among those given in one go."""
    return file[0].name, identity(*file)


def once(files: Sequence[tuple[Original, Proposal]]) -> list[tuple[Original, Proposal]]:
    """The same rows given twice in one go are loaded once."""
    named = {identity(*file): file for file in files}
    return list(named.values())


def earlier(store: Store, files: Sequence[tuple[Original, Proposal]]) -> dict[Identity, Outcome]:
    """Of the files whose bytes, sheet and table were loaded before: what came of it then."""
    found = store.fetch(
        "select batch.*, covered.months, ("
        "  select list(distinct currency order by currency) from sales_line"
        "  where sales_line.batch = batch.batch) as currencies from batch left join ("
        "  select batch, list(month order by month) as months from batch_month"
        "  where month > 0 group by batch) as covered using (batch)"
        " where sha256 in (select unnest(?::varchar[])) order by batch desc",
        [[original.sha256 for original, _ in files]],
    )
    loaded = [records.outcome_of(row) for row in found.to_dict("records")]
    then = {
        (row["sha256"], made.table, _place(made.recipe)): made
        for row, made in zip(found.to_dict("records"), loaded, strict=True)
    }
    named = {identity(*file): file[0].name for file in files}
    return {one: replace(then[one], file=name) for one, name in named.items() if one in then}


def _place(recipe: Recipe) -> str | None:
    """The sheet, and the part of it where it holds several tables."""
    return recipe.sheet if recipe.area is None else f"{recipe.sheet or ''}\0{recipe.area}"
