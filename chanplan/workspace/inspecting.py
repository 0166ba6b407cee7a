"""A kept file is looked at: read, recognised, with what people taught about its like."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from chanplan.domain.errors import TableBelowError
from chanplan.domain.recipe import Recipe
from chanplan.ingest import cells_sql
from chanplan.ingest.fields import own_currency
from chanplan.ingest.naming import basis_words, tax_word
from chanplan.ingest.read import Book, Sheet, read
from chanplan.ingest.reading.sheet import TOP_ROWS, Row
from chanplan.ingest.recognise import Hints, Proposal, Question, recognise, shape
from chanplan.ingest.resembling import answers, said_of_statuses
from chanplan.settings import Limits
from chanplan.store import Store
from chanplan.store.journal import Entry
from chanplan.store.originals import Original
from chanplan.workspace import asking_units, mending
from chanplan.workspace.records import Told

# Two cores are the smallest machine we promise anything for.
SIDE_BY_SIDE = 2

# Different texts of a date column that are looked through to tell day from month: ten years
# of days, with room for times of day.
MOST_TEXTS = 100_000

# Rows that are looked at one by one because they may be headings.
MOST_ROWS = 2_000

# Files of a source among which one with the same headings is looked for.
RECENT = 12


class Inspecting:
    """What a kept file seems to be, and what a person has taught about its like."""

    def __init__(self, store: Store, limits: Limits, currency: str) -> None:
        self._store = store
        self._limits = limits
        self._currency = currency
        self._memory: tuple[int, dict[str, str]] = (-1, {})
        self._looked_up: tuple[int, dict[tuple[str, ...], Any]] = (-1, {})
        self._below: dict[str, dict[str | None, int]] = {}

    def inspect(self, original: Original, hints: Hints, book: Book | None = None) -> Proposal:
        """What the file seems to be; `book` where it has been read already.

        Raises UnreadableFileError, UnrecognisedTableError.
        """
        staging = self._store.staging
        if book is None:
            book = read(original.path, original.name, staging, self._limits, hints.encoding)
        if (mended := mending.proposal(book, self._store)) is not None:
            return mended
        proposal = self._recognised(book, original, hints)
        filled: dict[str, Any] = {
            name: value
            for name, value in self._known_of(proposal).items()
            if not getattr(hints, name)
        }
        if filled:
            proposal = self._recognised(book, original, replace(hints, **filled))
        return self._with_all_units(self._with_tax_asked(proposal), hints)

    def _recognised(self, book: Book, original: Original, hints: Hints) -> Proposal:
        taught: list[Recipe] = self._once(("taught",), self._taught)
        return recognise(
            book,
            original.name,
            hints,
            self._remembered,
            scan=self._scan,
            taught=taught,
            currency=self._currency,
            rows=self._rows,
            below=self._below.get(original.sha256, {}),
            added=self._added,
        )

    def note_below(self, original: Original, found: TableBelowError) -> None:
        """Loading has found a second table in a file: the next look at it asks which is meant."""
        self._below.setdefault(original.sha256, {})[found.sheet] = found.line

    def _known_of(self, proposal: Proposal) -> dict[str, Any]:
        """What the company has declared of the source, and what was answered for its last file
        with these headings where this one leaves the same question open."""
        recipe = proposal.recipe
        if recipe.table != "sales":
            return {}
        key = ("declared", recipe.source)
        declared: dict[str, Any] = dict(self._once(key, lambda: self._declared(recipe.source)))
        before = self._last_of(recipe)
        if before is None:
            return declared
        known = answers(before)
        asked = {question.kind for question in proposal.questions}
        again = {kind: known[kind] for kind in asked if kind in known}
        if recipe.tax == "unstated" and before.tax != "unstated":
            again["tax"] = before.tax
        if recipe.tax_rate is None and before.tax_rate is not None:
            again["tax_rate"] = before.tax_rate
        if proposal.currency_assumed:
            again["currency"] = own_currency(before)
        said = said_of_statuses(before)
        return {**again, **({"line_types": said} if said else {}), **declared}

    def _with_all_units(self, proposal: Proposal, hints: Hints) -> Proposal:
        """The same for the sheets of the same shape; each unit is asked once."""
        made, count = self._with_units(proposal, hints), len(proposal.alike)
        alike = [self._with_units(one, hints) for one in proposal.alike]
        units = {one.unit: one for each in (*alike[::-1], made) for one in each.units}
        others = proposal.companions[count:]
        return replace(made, companions=(*alike, *others), units=tuple(units.values()))

    def _with_units(self, proposal: Proposal, hints: Hints) -> Proposal:
        """What was said of units, now or for this source's last file, and what is still open."""
        recipe = proposal.recipe
        if recipe.table != "sales" or not {"unit", "product"} <= set(recipe.columns):
            return proposal
        before = self._last_of(recipe)
        said = {**(before.units if before else {}), **hints.units}
        asked = self._once(("products",), lambda: asking_units.has_units(self._store))
        found = asking_units.unknown(self._store, proposal) if asked else ()
        return replace(
            proposal,
            recipe=replace(
                recipe, units={one.unit: said[one.unit] for one in found if one.unit in said}
            ),
            units=tuple(one for one in found if one.unit not in said),
        )

    def _with_tax_asked(self, proposal: Proposal) -> Proposal:
        """Amounts of which nobody has said whether they hold tax are not added to amounts that
        are known to hold none."""
        recipe = proposal.recipe
        if recipe.table != "sales" or recipe.tax != "unstated":
            return proposal
        others = self._once(("bare",), self._without_tax)
        if not any(basis == recipe.basis and name != recipe.source for basis, name in others):
            return proposal
        names = [name for name in ("amount", "unit_price", "list_amount") if name in recipe.columns]
        header = recipe.headers[recipe.columns[names[0]]] if names else ""
        question = Question("tax", header, ("with_tax", "without_tax"))
        return replace(proposal, questions=(*proposal.questions, question))

    def _without_tax(self) -> set[tuple[str, str]]:
        """(basis, source) of counting sales whose amounts hold no tax."""
        found = self._store.fetch(
            "select distinct basis, source from batch join batch_month using (batch)"
            " where active and table_name = 'sales' and tax = 'without_tax'"
        )
        return set(zip(found["basis"], found["source"], strict=True))

    def _last_of(self, recipe: Recipe) -> Recipe | None:
        """How the last counting file of this source with the same headings was read."""
        key = ("last", recipe.source, recipe.table)
        told: list[Recipe] = self._once(key, lambda: self._recent(recipe.source, recipe.table))
        own = shape(recipe.file_headers())
        return next((one for one in told if shape(one.file_headers()) == own), None)

    def _recent(self, source: str, table: str) -> list[Recipe]:
        found = self._store.fetch(
            "select distinct batch, recipe from batch join batch_month using (batch)"
            f" where active and source = ? and table_name = ? order by batch desc limit {RECENT}",
            [source, table],
        )
        return [Recipe.from_json(json.loads(text)) for text in found["recipe"]]

    def _taught(self) -> list[Recipe]:
        """Every recipe a person has corrected, the newest first."""
        found = self._store.fetch("select recipe from remembered order by seq desc")
        return [Recipe.from_json(json.loads(text)) for text in found["recipe"]]

    def _once(self, key: tuple[str, ...], look: Callable[[], Any]) -> Any:
        """What is asked for every file is looked up once per data version."""
        if self._looked_up[0] != self._store.position:
            self._looked_up = (self._store.position, {})
        found = self._looked_up[1]
        if key not in found:
            found[key] = look()
        return found[key]

    def inspect_all(
        self, files: Sequence[tuple[Original, Hints]], told: Told | None = None
    ) -> list[Proposal]:
        """Workbooks are parsed in processes of their own: meanwhile the next file is looked at."""
        with ThreadPoolExecutor(SIDE_BY_SIDE, "chanplan-inspect") as pool:
            found = []
            for at, proposal in enumerate(pool.map(lambda file: self.inspect(*file), files)):
                if told:
                    told(at + 1)
                found.append(proposal)
            return found

    def remember(self, recipe: Recipe) -> None:
        """Keep a corrected recipe for the next file with the same headers."""
        key = shape(recipe.file_headers())
        body = {"shape": key, "recipe": recipe.to_json()}
        with self._store.noting("remember", [body]) as (entry,):
            self.take_in_memory(entry)

    def take_in_memory(self, entry: Entry) -> None:
        """Bring one "remember" entry into the database."""
        key, recipe = entry.body["shape"], json.dumps(entry.body["recipe"], ensure_ascii=False)
        with self._store.taking_in(entry.seq) as writer:
            writer.run("delete from remembered where shape = ?", [key])
            writer.run("insert into remembered values (?, ?, ?)", [key, recipe, entry.seq])

    def _declared(self, source: str) -> dict[str, str]:
        """Basis, tax side and rate that the uploaded table of sources gives for a source."""
        found = self._store.fetch(
            "select basis, tax, tax_rate from sources join batch_month using (batch)"
            " where active and source = ? order by batch desc, line desc limit 1",
            [source],
        )
        if found.empty:
            return {}
        row = found.iloc[0]
        basis = basis_words([str(row["basis"] or "")])
        told = {
            "basis": basis[0] if basis else row["basis"] and "order",
            "tax": tax_word(str(row["tax"] or "")),
            "tax_rate": row["tax_rate"] and str(row["tax_rate"].normalize()),
        }
        return {name: str(value) for name, value in told.items() if value}

    def _scan(self, sheet: Sheet, header_line: int, at: int) -> list[str]:
        """Distinct texts of one column, for what the first rows leave open."""
        if sheet.line_count <= TOP_ROWS and at not in sheet.covered:
            told = (row[at] for row in sheet.top[header_line:] if at < len(row))
            return [text for text in dict.fromkeys(told) if text]
        relation = sheet.below(header_line)
        with self._store.trying() as writer:
            for name, rows in relation.lent.items():
                writer.lend(name, rows)
            found = writer.rows(
                f"select distinct c{int(at)} from {relation.sql} limit {MOST_TEXTS}"
            )
        return [text for (text,) in found if text]

    def _rows(self, sheet: Sheet, header_line: int, condition: str) -> list[tuple[int, Row]]:
        """The first rows below the header that meet a condition of ours, in their order."""
        relation = sheet.below(header_line)
        cells = ", ".join(f"c{at}" for at in range(relation.width))
        with self._store.trying() as writer:
            for name, rows in relation.lent.items():
                writer.lend(name, rows)
            found = writer.rows(
                f"select line, {cells} from {relation.sql} where {condition}"
                f" order by line limit {MOST_ROWS}"
            )
        return [(int(line), tuple(row)) for line, *row in found]

    def _added(
        self, sheet: Sheet, header_line: int, day: int, money: int
    ) -> list[tuple[str | None, Any, int, int]]:
        """What a sheet comes to by the texts of its dates, its own totals left out; and in how
        many rows its money cannot be read."""
        cell = f"c{int(money)}"
        number = cells_sql.number(cell, sized=True)
        unread = f"{number} is null and not {cells_sql.is_none(cell)}"
        relation = sheet.below(header_line)
        cells = ", ".join(f"c{at}" for at in range(relation.width))
        with self._store.trying() as writer:
            for name, rows in relation.lent.items():
                writer.lend(name, rows)
            return [
                (text, amount, int(count), int(bad))
                for text, amount, count, bad in writer.rows(
                    f"select c{int(day)}, sum({number}), count(*), count(*) filter ({unread})"
                    f" from {relation.sql} where not regexp_matches(concat_ws(' ', {cells}),"
                    f" '合计|总计|小计|[Tt]otal') group by 1 limit {MOST_TEXTS}"
                )
            ]

    def _remembered(self, key: str) -> Recipe | None:
        """Asked for every row that could be a header: looked up once per data version."""
        if self._memory[0] != self._store.position:
            found = self._store.fetch("select shape, recipe from remembered")
            taught = zip(found["shape"], found["recipe"], strict=True)
            self._memory = (self._store.position, dict(taught))
        recipe = self._memory[1].get(key)
        return None if recipe is None else Recipe.from_json(json.loads(recipe))
