"""Whether other sources have told of what a file seems to tell, before it is loaded."""

from __future__ import annotations

from collections.abc import Collection

from chanplan.domain.adjusting import ADJUSTED
from chanplan.domain.recipe import Recipe
from chanplan.store import Store


def others(
    store: Store, recipe: Recipe, channels: Collection[str], months: Collection[int]
) -> tuple[str, ...]:
    """Names of other sources that count for one of these channels in one of these months on the
    file's basis: what both tell would count twice. Channels as they are counted under."""
    if not channels or not months:
        return ()
    found = store.fetch(
        "select distinct source from rollup_partner where basis = ? and source not in (?, ?)"
        " and channel in (select unnest(?::varchar[])) and month in (select unnest(?::integer[]))"
        " order by source",
        [recipe.basis, recipe.source, ADJUSTED, sorted(channels), sorted(months)],
    )
    return tuple(found["source"])
