"""The members of every dimension as suggestions need them, and what is suggested of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chanplan.domain.names import MATCHED
from chanplan.domain.tables import all_tables
from chanplan.plans.suggesting import Member, Suggestion, suggested
from chanplan.store import Store
from chanplan.store.schema import SHAPED_BY_HAND
from chanplan.workspace import looking

# The smallest relation that tells a dimension's members with their sums.
_RELATIONS = {
    "channel": "rollup_partner",
    "partner": "rollup_partner",
    "region": "rollup_partner",
    "product": "rollup_product",
    "customer": "line_facts",
    "province": "line_facts",
}
# Dimensions whose members are told by summaries, so that an import may be held against them.
QUICK = tuple(name for name, relation in _RELATIONS.items() if relation != "line_facts")
# More lines than this are not read for customers and provinces when an import ends: half a million
# take a tenth of a second.
MOST_LINES_AT_IMPORT = 500_000
# The largest members that are held against each other: a store may have millions of customers,
# and an import waits for no more than a tenth of a second.
MOST_MEMBERS, MOST_AT_IMPORT = 20_000, 5_000
# Uploaded tables that list members without describing them.
_LISTS = {"region": ("regions", "region"), "province": ("regions", "province")}


def all_suggestions(store: Store) -> tuple[Suggestion, ...]:
    """Of every dimension; reads the lines for customers and provinces."""
    known = _known(store)
    return tuple(
        one
        for name in MATCHED
        for one in suggested(
            name, _members(store, name, MOST_MEMBERS, known), known.apart.get(name, ())
        )
    )


def of_batches(store: Store, batches: Sequence[int]) -> tuple[Suggestion, ...]:
    """On strong evidence, of names that these batches tell; reads their lines only where there
    is something to suggest."""
    found: list[Suggestion] = []
    known = _known(store)
    for dimension in QUICK if _lines(store) > MOST_LINES_AT_IMPORT else MATCHED:
        members = _members(store, dimension, MOST_AT_IMPORT, known)
        strong = suggested(dimension, members, known.apart.get(dimension, ()), weak=False)
        names = _told(store, dimension, batches) if strong else set()
        found += [one for one in strong if {one.name.name, one.master.name} & names]
    return tuple(found)


def unknown(store: Store, dimension: str, names: Sequence[str]) -> list[str]:
    """Names that no line and no uploaded table has."""
    listed = " union all ".join(
        f'select "{column}" as name from "{table}"'
        for table, column in [("sales_line", dimension), *_tables(dimension)]
    )
    found = store.fetch(
        f"select asked.name from (select unnest(?::varchar[]) as name) as asked"
        f" anti join ({listed} union all select product from joined_line"
        f" where '{dimension}' = 'product'"
        f" union all select master from matched where dimension = '{dimension}') as known"
        " on known.name = asked.name",
        [list(names)],
    )
    return list(found["name"])


@dataclass(frozen=True)
class _Known:
    """What is asked once for all dimensions.

    filled    the tables that have come in
    labelled  the dimensions of which some member has a name beside its code
    apart     by dimension, the pairs told apart, under the masters their names have by now
    """

    filled: frozenset[str]
    labelled: frozenset[str]
    apart: Mapping[str, Collection[frozenset[str]]]


def _known(store: Store) -> _Known:
    filled = store.fetch("select distinct table_name from batch")["table_name"]
    labelled = store.fetch(
        "select dimension from member_name"
        " union select dimension from attribute_current where attribute = 'name'"
    )["dimension"]
    return _Known(frozenset(filled), frozenset(labelled), _apart(store))


def _apart(store: Store) -> Mapping[str, Collection[frozenset[str]]]:
    found = store.fetch(
        "select told_apart.dimension, coalesce(of_one.master, one) as one,"
        " coalesce(of_other.master, other) as other"
        " from told_apart left join matched as of_one on of_one.dimension = told_apart.dimension"
        " and of_one.name = one left join matched as of_other"
        " on of_other.dimension = told_apart.dimension and of_other.name = other"
    )
    apart: dict[str, set[frozenset[str]]] = {}
    for dimension, *pair in zip(found["dimension"], found["one"], found["other"], strict=True):
        apart.setdefault(dimension, set()).add(frozenset(pair))
    return apart


def _members(store: Store, dimension: str, most: int, known: _Known) -> Iterable[Member]:
    """Members with lines that count, the largest first, then those that only a table lists, then
    those that one names: targets, stock, costs."""
    found = store.fetch(
        f"""
        with told as (
            select {dimension} as member, source, basis, min(month) as first,
                max(month) as last,
                sum(coalesce(amount_with_tax, amount_without_tax)) filter (
                    line_type in ('sale', 'return', 'adjustment', 'freight')
                ) as sales
            from {_RELATIONS[dimension]}
            where {dimension} is not null
            group by all
        ),
        summed as (select *, sum(sales) over (partition by member, basis) as in_basis from told)
        select member, max(in_basis) as sales, list_sort(list(distinct source)) as sources,
            min(first) as first, max(last) as last
        from summed group by member
        order by sales desc nulls last, member limit {most:d}"""
    )
    listed = _names_in(store, dimension, _lists(dimension), known.filled)
    labels = looking.labels(store, dimension) if dimension in known.labelled else {}
    for name, sales, sources, *months in zip(*(found[each] for each in found), strict=True):
        sold = sales if isinstance(sales, Decimal) else None
        first, last = map(int, months)
        yield Member(name, sold, tuple(sources), first, last, labels.get(name), name in listed)
    told = set(found["member"])
    for name in sorted(listed - told):
        yield Member(name, label=labels.get(name), listed=True)
    named = _names_in(store, dimension, _tables(dimension), known.filled)
    for name in sorted(named - listed - told):
        yield Member(name, label=labels.get(name))


def _names_in(
    store: Store, dimension: str, tables: Sequence[tuple[str, str]], filled: Collection[str]
) -> set[str]:
    """The members in these tables' rows that count, under their masters."""
    parts = [
        f'select "{column}" as name from "{table}" join batch_month using (batch) where active'
        for table, column in tables
        if table in filled
    ]
    if not parts:
        return set()
    found = store.fetch(
        "select distinct coalesce(master, listed.name) as name"
        f" from ({' union all '.join(parts)}) as listed left join matched"
        f" on matched.dimension = '{dimension}' and matched.name = listed.name"
        " where listed.name is not null"
    )
    return set(found["name"])


def _lists(dimension: str) -> list[tuple[str, str]]:
    """(table, column) of the uploaded tables that list a dimension's members."""
    describing = [(one.name, dimension) for one in all_tables().values()]
    found = [pair for pair in describing if all_tables()[pair[0]].describes == dimension]
    return found + ([_LISTS[dimension]] if dimension in _LISTS else [])


def _tables(dimension: str) -> list[tuple[str, str]]:
    """(table, column) of every uploaded table that names a dimension's members."""
    others = [one.name for one in all_tables().values() if one.name != SHAPED_BY_HAND]
    return [(name, dimension) for name in others if dimension in all_tables()[name].columns]


def _lines(store: Store) -> int:
    return int(store.fetch("select coalesce(sum(lines), 0) as lines from batch_month")["lines"][0])


def _told(store: Store, dimension: str, batches: Sequence[int]) -> set[str]:
    """The members that batches name, under their masters."""
    named = " union all ".join(
        f'select batch, "{column}" as name from "{table}"'
        for table, column in [("sales_line", dimension), *_tables(dimension)]
    )
    found = store.fetch(
        f"select distinct coalesce(master, told.name) as name from ({named}) as told"
        f" left join matched on matched.dimension = '{dimension}' and matched.name = told.name"
        " where told.batch in (select unnest(?::integer[])) and told.name is not null",
        [list(batches)],
    )
    return set(found["name"])
