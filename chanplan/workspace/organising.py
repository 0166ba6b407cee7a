"""Members and what the company says of them: as it stands, since when, what a change would move,
and the change itself, saved as a file like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from chanplan.analysis import reorganising
from chanplan.analysis.reorganising import Move
from chanplan.domain.moving import MOVING, moved
from chanplan.domain.scope import Scope
from chanplan.domain.tables import table
from chanplan.metrics.query import MetricQuery
from chanplan.plans.organisation import Change, Kind
from chanplan.workspace import by_hand, looking
from chanplan.workspace.answers import answer
from chanplan.workspace.records import Outcome
from chanplan.workspace.workspace import Workspace

MEASURE = "net_sales"
# Where most of a partner's lines lie by the word of the files.
_OWN = """
    select partner as member, max_by({name}, abs(coalesce(amount_{tax}, 0))) as value
    from (select partner, {name}, sum(amount_{tax}) as amount_{tax}
        from rollup_partner where partner is not null and {name} is not null group by all)
    group by partner
"""


def members(space: Workspace, kind: Kind, scope: Scope) -> pd.DataFrame:
    """One row per member of a kind, those with most net sales in the scope first: member, the
    kind's attributes ("" where nobody says), `since` (the month of its newest change, None where
    there is none) and net_sales (None for none).

    What figures by channel and region count a partner under stands there, be it the files' word.
    """
    sold = space.ask(MetricQuery((MEASURE,), scope, (kind.column,), order=MEASURE)).frame
    sold = sold[sold[kind.column].notna()].rename(columns={kind.column: "member"})
    told = _told(space, kind)
    known = pd.DataFrame({"member": sorted({*told} - {*sold["member"]}), MEASURE: None})
    frame = pd.concat([sold, known.astype(object)], ignore_index=True) if len(known) else sold
    own = {name: _own(space, kind, name, scope.tax) for name in kind.attributes}
    for name in kind.attributes:
        frame[name] = [
            _first(own[name].get(one, ""), told.get(one, {}).get(name, ""), kind, name)
            for one in frame["member"]
        ]
    since = _since(space, kind)
    frame["since"] = [since.get(one) for one in frame["member"]]
    frame = frame[["member", *kind.attributes, "since", MEASURE]].astype(object)
    return frame.where(frame.notna(), None)


def _first(own: str, said: str, kind: Kind, name: str) -> str:
    """A partner's place is where its lines count; all else is what the table says."""
    return own or said if kind.column == "partner" and name in MOVING else said or own


def _told(space: Workspace, kind: Kind) -> dict[str, dict[str, str]]:
    """Member → attribute → the newest word of the company's tables."""
    if kind.table == "regions":
        found = space.store.fetch(
            "select province as member, 'region' as attribute, region as value from regions"
            " join batch_month using (batch) where active and province is not null"
            " order by valid_from nulls first, batch, line"
        )
    else:
        found = space.store.fetch(
            "select member, attribute, value from attribute_current where dimension = ?",
            [kind.column],
        )
    told: dict[str, dict[str, str]] = {}
    for member, attribute, value in [*found.itertuples(index=False), *_days(space, kind)]:
        told.setdefault(str(member), {})[str(attribute)] = str(value)
    return told


def _days(space: Workspace, kind: Kind) -> list[tuple[str, str, str]]:
    """Member, attribute and day, the newest word last: days are no attributes that group."""
    found: list[tuple[str, str, str]] = []
    for name in kind.days:
        rows = space.store.fetch(
            f"select \"{kind.column}\" as member, '{name}' as attribute,"
            f' cast("{name}" as varchar) as value from "{kind.table}"'
            f' join batch_month using (batch) where active and "{name}" is not null'
            " order by valid_from nulls first, batch, line"
        )
        found += [(str(a), str(b), str(c)) for a, b, c in rows.itertuples(index=False)]
    return found


def _own(space: Workspace, kind: Kind, name: str, tax: str) -> dict[str, str]:
    """Member → what its lines say: of a partner under the company's word on where it belongs."""
    if kind.column == "partner" and name in MOVING:
        somebody = not space.store.fetch("select 1 from moved_current limit 1").empty
        relation = moved("rollup_partner", "current") if somebody else "rollup_partner"
        sql = _OWN.format(name=name, tax=tax).replace("rollup_partner", relation)
    elif kind.table == "regions":
        sql = (
            "select province as member, max(region) as value from line_facts"
            " where province is not null group by province"
        )
    elif name == "category":
        sql = (
            "select product as member, max(category) as value from rollup_product"
            " where product is not null and category is not null group by product"
        )
    else:
        return {}
    found = space.store.fetch(sql)
    return {str(one): str(value) for one, value in found.itertuples(index=False) if value}


def _since(space: Workspace, kind: Kind) -> dict[str, int]:
    """Member → the month of its newest change."""
    asked = ", ".join(f"'{name}'" for name in kind.attributes)
    found = space.store.fetch(
        f"select member, max(from_month) as since from attribute_then"
        f" where dimension = ? and attribute in ({asked}) and from_month > 0 group by member",
        [kind.column],
    )
    return {str(one): int(month) for one, month in found.itertuples(index=False)}


def opening(
    space: Workspace, kind: Kind, changed: Sequence[Change]
) -> Mapping[tuple[str, str], str]:
    """What is to be said as the word until a change, of partners whose place no table has told
    yet: without it a partner that sells in several places would not be known to have moved."""
    if kind.column != "partner":
        return {}
    told = _told(space, kind)
    return {
        (one.member, one.attribute): one.old
        for one in changed
        if one.attribute in MOVING and one.old and one.attribute not in told.get(one.member, {})
    }


def history(space: Workspace, kind: Kind, member: str) -> pd.DataFrame:
    """Every word of the kind's table on one member, the oldest first: month (0: since ever),
    attribute, value, file, at, by, note, counts."""
    columns = table(kind.table).columns
    since = "coalesce(year(valid_from) * 100 + month(valid_from), 0)"
    names = ", ".join(f"'{name}'" for name in kind.attributes)
    values = ", ".join(f'cast(told."{name}" as varchar)' for name in kind.attributes)
    found = space.store.fetch(
        f"""
        with told as (
            select {since if "valid_from" in columns else "0"} as month, batch, line,
                unnest([{names}]) as attribute, unnest([{values}]) as value
            from "{kind.table}" as told where told."{kind.column}" = ?
        )
        select told.month, attribute, value, batch.name as file, imported_at as at,
            imported_by as by, note, coalesce(counted.active, true) as counts
        from told join batch using (batch)
        left join batch_month as counted on counted.batch = told.batch
        where value is not null and value <> ''
        order by told.month, told.batch, line, attribute""",
        [member],
    )
    return found.astype(object).where(found.notna(), None)


def said(space: Workspace, kind: Kind) -> pd.DataFrame:
    """What was said by hand on members of a kind, the newest first: batch, at, by, note, members
    (how many), counts."""
    return space.store.fetch(
        f"""
        select batch.batch, imported_at as at, imported_by as by, note,
            count(distinct told."{kind.column}") as members,
            bool_and(coalesce(counted.active, true)) as counts
        from batch join "{kind.table}" as told on told.batch = batch.batch
        left join batch_month as counted on counted.batch = batch.batch
        where batch.source = ? group by all order by batch.batch desc""",
        [by_hand.SOURCE],
    )


def preview(
    space: Workspace, kind: Kind, changed: Sequence[Change], rows: by_hand.Said, scope: Scope
) -> dict[str, tuple[Move, ...]]:
    """Dimension → what saving these rows would move under 现行口径, in the scope's money: the
    change itself, tried and taken back."""
    carriers = tuple(sorted({one.member for one in changed}))
    asked = replace(scope, attributes="current").only(kind.column, *carriers)
    touched = {one.attribute for one in changed}
    queries = {
        dimension: MetricQuery((MEASURE,), asked, (kind.column, dimension))
        for attribute, dimension in kind.attributes.items()
        if dimension and attribute in touched
    }
    before = {name: space.ask(query).frame for name, query in queries.items()}
    with by_hand.tried(space, kind.table, rows) as reader:
        over = looking.overridden(reader)
        after = {name: answer(q, reader.fetch, over).frame for name, q in queries.items()}
    return {name: reorganising.moves(before[name], after[name]) for name in queries}


def save(space: Workspace, kind: Kind, rows: by_hand.Said, reason: str | None) -> Outcome:
    """Say it: a file of the company's own, with its reason; taken back like any import."""
    return by_hand.save(space, kind.table, rows, reason)
