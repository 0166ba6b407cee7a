"""Care items: every word on them, which of them stands, and the company's own playbook.

Words said on screens come from the journal and lie in `care_word`; uploaded ones lie in `care`
like the rows of every upload. What stands is written down anew whenever a word comes, goes or is
switched: see `domain.care.settle`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

import pyarrow as pa

from chanplan.domain.care import Item, Settled, Word, key_of, settle, state_of
from chanplan.domain.ports import Writer
from chanplan.store.journal import Entry

# Words on items; an entry of them taken back; a line of the playbook.
SAID, BACK, PLAYBOOK = "care", "care_back", "care_playbook"
KINDS: Final = (SAID, BACK, PLAYBOOK)
TABLE: Final = "care"
_ITEM = tuple(field.name for field in fields(Item))
_DATES = ("opened", "due", "contacted")
_TYPES = {**dict.fromkeys(_DATES, pa.date32()), "seq": pa.int64()}
# Who an item is of, under the master of its name.
_ITEMS = """
    create or replace view care_items as
    select item.* replace (coalesce(known.master, item.customer) as customer)
    from care_item as item left join matched as known
        on known.dimension = case item.population when 'partner' then 'partner' else 'customer' end
        and known.name = item.customer
"""


def create(writer: Writer) -> None:
    """Make the published view `care_items`: every item as it stands, of its customer's master."""
    writer.run(_ITEMS)


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of one of KINDS says."""
    if entry.kind == PLAYBOOK:
        _take_in_play(writer, entry)
        return
    if entry.kind == BACK:
        writer.run("delete from care_word where seq = ?", [entry.body["seq"]])
    else:
        # Of customers that were forgotten nothing is left.
        _lend(writer, [_said(told, entry) for told in entry.body["items"]])
        writer.run(f"insert into care_word select {', '.join(_ITEM)}, ? from care_lent",
                   [entry.body.get("base")])  # fmt: skip
    rebuild(writer)


def rebuild(writer: Writer) -> None:
    """Write down anew what stands, and what became of every uploaded row."""
    found = _settled(writer)
    writer.run("delete from care_item")
    writer.run("delete from care_fate")
    if found.items:
        _lend(writer, list(found.items.values()))
        writer.run(f"insert into care_item select {', '.join(_ITEM)} from care_lent")
    if found.fates:
        rows = [(*at, *fate) for at, fate in found.fates.items()]
        names = ("batch", "line", "key", "fate", "over_seq")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        writer.lend("care_lent", pa.table(columns))
        writer.run(f"insert into care_fate select {', '.join(names)} from care_lent")


def _settled(writer: Writer) -> Settled:
    typed = writer.rows(f"select {', '.join(_ITEM)}, base from care_word")
    told = writer.rows(
        """
        select row.batch, row.line, row.key, row.population, row.customer, row.opened, row.owner,
            row.due, row.state, row.action, row.result, row.contacted, row.version,
            batch.imported_at, batch.imported_by
        from care as row join batch using (batch)
        join batch_month as counted on counted.batch = row.batch and counted.active"""
    )
    words = [Word(Item(**dict(zip(_ITEM, row, strict=False))), row[-1]) for row in typed]
    words += map(_uploaded, told)
    return settle(sorted(words, key=lambda word: (word.item.seq, word.line, word.item.key)))


def _uploaded(row: Sequence[Any]) -> Word:
    batch, line, key, population, customer, opened, owner, due, state, *rest = row
    action, result, contacted, version, at, by = rest
    known, whose = state_of(state), str(population or "")
    name = str(customer or "")
    item = Item(
        str(key).strip().upper() if key else key_of(whose, name, opened or contacted or due),
        whose, name, opened, owner, due, known or "open", action, result, contacted,
        int(batch), str(at), str(by),
    )  # fmt: skip
    return Word(item, version, int(line), "" if known else str(state))


def _said(told: dict[str, Any], entry: Entry) -> Item:
    dates = {name: date.fromisoformat(told[name]) for name in _DATES if told.get(name)}
    return replace(Item(**{**told, **dates}), seq=entry.seq, said_at=entry.at,
                   said_by=entry.by)  # fmt: skip


def to_json(item: Item) -> dict[str, Any]:
    """An item as the journal keeps it: when and by whom stands in the entry."""
    told = {
        name: getattr(item, name) for name in _ITEM if name not in ("seq", "said_at", "said_by")
    }
    return {name: value.isoformat() if isinstance(value, date) else value
            for name, value in told.items()}  # fmt: skip


def _lend(writer: Writer, items: Sequence[Item]) -> None:
    columns = {
        name: pa.array([getattr(item, name) for item in items], _TYPES.get(name, pa.string()))
        for name in _ITEM
    }
    writer.lend("care_lent", pa.table(columns))


def _take_in_play(writer: Writer, entry: Entry) -> None:
    segment, action, days = (entry.body[name] for name in ("segment", "action", "days"))
    writer.run("delete from care_play where segment = ?", [segment])
    if action is not None:
        values = [segment, action, days, entry.seq, entry.at, entry.by]
        writer.run("insert into care_play values (?, ?, ?, ?, ?, ?)", values)
