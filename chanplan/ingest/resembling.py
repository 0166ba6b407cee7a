"""A remembered recipe for headings that are nearly its own: a column renamed, new or missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chanplan.domain.drift import Drift
from chanplan.domain.recipe import Recipe
from chanplan.ingest.fields import own_currency
from chanplan.ingest.headers import normal
from chanplan.ingest.line_types import line_type, rules

# So much of a recipe's headings must still be there, and so many headings at least.
_STILL_THERE = 0.6
_FEWEST = 4


def likest(
    recipes: Sequence[Recipe], headers: Sequence[str], source: str
) -> tuple[Recipe, Recipe] | None:
    """The recipe of this source whose headings are most alike: as it was, and over these ones.

    Fields whose column has gone are left open, for recognition to find their new one.
    """
    told = {normal(header): at for at, header in reversed(list(enumerate(headers))) if header}
    best, most = None, _STILL_THERE
    for one in recipes:
        own = [normal(header) for header in one.file_headers() if header]
        if one.source != source or one.wide or one.split or len(own) < _FEWEST:
            continue
        share = sum(1 for header in own if header in told) / len(own)
        if share >= most:
            best, most = one, share
    return None if best is None else (best, _laid_over(best, headers, told))


def answers(recipe: Recipe) -> dict[str, str]:
    """What a person once answered for a file, by the names of `Hints`."""
    told = {
        "channel": recipe.constants.get("channel"),
        "date_order": recipe.formats.get("date_order"),
        "decimal": recipe.formats.get("decimal", "point"),
        "refunds": recipe.formats.get("refund_is"),
        "fill_down": "yes" if recipe.carried else "no",
        "tax": None if recipe.tax == "unstated" else recipe.tax,
        "table": recipe.table,
    }
    return {kind: value for kind, value in told.items() if value}


def said_of_statuses(recipe: Recipe) -> dict[str, str]:
    """status → line type, where a person has once said otherwise than the rules do."""
    return {
        status: kind
        for status, kind in recipe.line_types.items()
        if "*" not in status and kind != line_type(status, rules())
    }


def drift(before: Recipe, now: Recipe) -> list[Drift]:
    """Columns that are new, gone, or called otherwise since a source's last file."""
    had, has = _lasting(before), _lasting(now)
    old, new = before.named_columns(), now.named_columns()
    renamed = {
        field: (old[field], new[field])
        for field in old.keys() & new.keys()
        if _lost(old[field], had, has) and _lost(new[field], has, had)
    }
    told = [
        Drift("column_renamed", {"field": field, "before": then, "now": header})
        for field, (then, header) in sorted(renamed.items())
    ]
    known = {normal(header) for pair in renamed.values() for header in pair}
    gone = tuple(had[word] for word in had if word not in has and word not in known)
    fresh = tuple(has[word] for word in has if word not in had and word not in known)
    told += [Drift("columns_missing", {"headers": gone})] if gone else []
    money = {"before": own_currency(before), "now": own_currency(now)}
    if now.table == "sales" and money["before"] != money["now"]:
        told.append(Drift("currency_changed", money))
    return told + ([Drift("columns_new", {"headers": fresh})] if fresh else [])


def _lasting(recipe: Recipe) -> dict[str, str]:
    """A file's headings but those of its months, which are others every year."""
    wide = recipe.wide
    months = {at for at, _ in (*wide.months, *wide.beside)} if wide else set()
    told = enumerate(recipe.file_headers())
    return {normal(header): header for at, header in told if header and at not in months}


def _lost(header: str, of: dict[str, str], other: dict[str, str]) -> bool:
    """Whether a heading stands in the one file and not in the other."""
    return normal(header) in of and normal(header) not in other


def _laid_over(old: Recipe, headers: Sequence[str], told: dict[str, int]) -> Recipe:
    kept = {
        field: told[normal(old.headers[at])]
        for field, at in old.columns.items()
        if normal(old.headers[at]) in told
    }
    return replace(old, headers=tuple(headers), columns=kept)
