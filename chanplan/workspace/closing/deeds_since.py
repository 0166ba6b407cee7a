"""Whose deed it is that a closed month is told otherwise: what the journal holds since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chanplan.analysis.month_change import ATTRIBUTES, NAMES, OTHER, Batched, Part
from chanplan.domain.tables import all_tables
from chanplan.store import Store, closing, deeds
from chanplan.store.company import COMPANY
from chanplan.store.journal import Entry
from chanplan.workspace.naming import MATCH

# Tables from which every line is told anew: rates, units, costs, regions, kinds of line.
_RETELLING = ("tax_rates", "exchange_rates", "line_rules", "products", "regions")
# Tables that say of an order's lines what they are made of.
_ITEMS, _SOURCES = "order_items", "sources"
_REPLACING = ("replace", "replace_months")


@dataclass(frozen=True)
class Who:
    """Who did something, when and why; `file` where it was one."""

    file: str | None
    at: str
    by: str
    reason: str | None


class DeedsSince:
    """What happened to a store after a journal entry, as it explains a month's change."""

    def __init__(self, store: Store, month: int, seq: int) -> None:
        found = store.fetch(
            "select batch, name, table_name, source, basis, takes, imported_at, imported_by,"
            " note, batch in (select batch from batch_month where active) as active from batch"
        ).astype(object)
        rows = found.where(found.notna(), None).to_dict("records")
        self._batches: Mapping[int, Mapping[Any, Any]] = {int(row["batch"]): row for row in rows}
        standing = {one.seq for group in deeds.groups(store.journal) for one in group}
        self._entries = [one for one in store.journal.after(seq) if one.seq in standing]
        self._seq = seq
        self._openings = [
            one
            for one in self._entries
            if one.kind == closing.CLOSE and not one.body["closed"] and month in one.body["months"]
        ]

    @property
    def openings(self) -> Sequence[Entry]:
        """Who has opened the month again since."""
        return self._openings

    def retold(self) -> Part:
        """The part of names matched since."""
        return Part(NAMES, self._newest(lambda one: one.kind == MATCH))

    def moved(self) -> Part:
        """The part of attributes told since."""
        described = {table.name for table in all_tables().values() if table.describes}
        return Part(ATTRIBUTES, self._newest(lambda one: self._touches(one, described)))

    def whose(self, one: Batched) -> Part:
        """Whose deed a batch's difference is."""
        if not one.lines_then:
            return self._came(one.batch)
        if one.lines_now == one.lines_then:
            return self._told_anew(one)
        if not one.lines_now and (switch := self._switched(one.batch, active=False)):
            return Part("undone", switch)
        return self._gave_way(one.batch)

    def who(self, part: Part) -> Who | None:
        """Who a part is by; None for OTHER. A deed without a reason of its own, while the month
        was open again, has the reason for which it was opened."""
        entry = next((one for one in self._entries if one.seq == part.seq), None)
        batch = self._batches.get(part.seq)
        if entry is None and batch is None:
            return None
        at = entry.at if entry else str(batch["imported_at"]) if batch else ""
        by = entry.by if entry else str(batch["imported_by"]) if batch else ""
        return Who(self._file(part.seq, entry), at, by, self._reason(part.seq, entry))

    def _file(self, seq: int, entry: Entry | None) -> str | None:
        if entry is not None and entry.kind == "switch":
            chosen = entry.body.get("batches") or [entry.body.get("batch")]
            names = [str(self._batches[one]["name"]) for one in chosen if one in self._batches]
            return "、".join(names) or None
        return str(self._batches[seq]["name"]) if seq in self._batches else None

    def _reason(self, seq: int, entry: Entry | None) -> str | None:
        own = self._batches.get(seq, {}).get("note") or (
            entry and (entry.body.get("reason") or entry.body.get("note"))
        )
        before = [one.body.get("reason") for one in self._openings if one.seq < seq]
        return str(own) if own else before[-1] if before else None

    def _came(self, batch: int) -> Part:
        """Lines that were not there: a file, one switched on again, one that speaks again."""
        facts = self._batches.get(batch)
        if batch > self._seq:
            restated = facts is not None and facts["takes"] in _REPLACING
            return Part("restated" if restated else "imported", batch)
        if switch := self._switched(batch, active=True):
            return Part("back", switch)
        return self._gave_way(batch)

    def _gave_way(self, batch: int) -> Part:
        """Lines whose place others have taken, or given back."""
        facts = self._batches.get(batch)
        rivals = [
            number
            for number, one in self._batches.items()
            if facts is not None
            and number > batch
            and one["takes"] in _REPLACING
            and (one["source"], one["basis"]) == (facts["source"], facts["basis"])
        ]
        fresh = [one for one in rivals if one > self._seq and self._batches[one]["active"]]
        if fresh:
            return Part("restated", max(fresh))
        for rival in sorted(rivals, reverse=True):
            if switch := self._switched(rival, active=False):
                return Part("undone", switch)
            if switch := self._switched(rival, active=True):
                return Part("back", switch)
        for table, code in ((_SOURCES, "authority"), (_ITEMS, "items")):
            if seq := self._newest(lambda one, table=table: self._touches(one, {table})):
                return Part(code, seq)
        return Part(OTHER)

    def _told_anew(self, one: Batched) -> Part:
        """The same lines, told otherwise: by rates, units, rules, or under other names."""
        if one.same_sum and (seq := self._newest(lambda entry: entry.kind == MATCH)):
            return Part(NAMES, seq)
        seq = self._newest(lambda entry: self._touches(entry, _RETELLING) or entry.kind == COMPANY)
        return Part("told_anew", seq) if seq else Part(OTHER)

    def _switched(self, batch: int, active: bool) -> int:
        def is_it(entry: Entry) -> bool:
            if entry.kind != "switch" or bool(entry.body["active"]) != active:
                return False
            return batch in (entry.body.get("batches") or [entry.body.get("batch")])

        return self._newest(is_it)

    def _touches(self, entry: Entry, tables: Any) -> bool:
        """Whether an import or a switch is of one of these tables."""
        chosen = entry.body.get("batches") or [entry.body.get("batch")]
        batches = [entry.seq] if entry.kind == deeds.IMPORT else chosen
        if entry.kind not in (deeds.IMPORT, "switch"):
            return False
        return any(
            self._batches[one]["table_name"] in tables for one in batches if one in self._batches
        )

    def _newest(self, which: Any) -> int:
        """The number of the newest of the entries that are meant, 0 for none."""
        return next((one.seq for one in reversed(self._entries) if which(one)), 0)
