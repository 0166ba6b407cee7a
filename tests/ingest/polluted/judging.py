"""A polluted file is read as an analyst's would be; what came of it is held against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from uuid import uuid4

from chanplan.domain.errors import ChanplanError
from chanplan.ingest.load import load
from chanplan.ingest.read import read
from chanplan.ingest.recognise import Hints, recognise
from chanplan.ingest.wide import rows
from chanplan.settings import Limits
from tests.fakes import FakeWriter

# Each declares its pollutions, in this order.
from tests.ingest.polluted import (  # noqa: F401
    in_books,
    in_cells,
    in_layout,
    of_files,
    outside,
    strange,
    systems,
)
from tests.ingest.polluted.draft import Draft, clean
from tests.ingest.polluted.pollutions import POLLUTIONS, Pollution
from tests.ingest.polluted.writing import written

TODAY = date(2026, 11, 23)
FORMS = ("csv", "xlsx", "html", "xml")


@dataclass(frozen=True)
class Case:
    """One file of the corpus."""

    language: str
    form: str
    pollutions: tuple[Pollution, ...]
    seed: int

    @property
    def name(self) -> str:
        """What the file is called in a report."""
        told = "+".join(one.name for one in self.pollutions)
        return f"{self.language}-{self.form}-{told}"

    def draft(self) -> Draft:
        """The polluted table, with the truth beside every row."""
        draft = clean(self.language, self.seed, self.form)
        # What moves cells comes last: the others know them by their places.
        for one in sorted(self.pollutions, key=lambda one: one.part == "shape"):
            one.do(draft)
        return draft


@dataclass(frozen=True)
class Verdict:
    """kind: right, refused, wrong_reason or silently_wrong."""

    kind: str
    why: str = ""


def cases() -> Iterator[Case]:
    """Every pollution alone and in pairs: text and workbook, Chinese and English by turns."""
    seed = 0
    for count in (1, 2):
        for chosen in combinations(POLLUTIONS, count):
            if len({one.part for one in chosen}) < count:
                continue
            forms = [f for f in FORMS if all(f in one.forms for one in chosen)]
            for form in forms if count == 1 else forms[seed % len(forms) :][:1] if forms else []:
                seed += 1
                for language in ("zh", "en") if count == 1 else ("zh", "en")[seed % 2 :][:1]:
                    yield Case(language, form, chosen, seed)


class Judge:
    """One folder and one database for many files."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._writer, self._batch = folder, FakeWriter(), 0
        (folder / "staging").mkdir(exist_ok=True)

    def judge(self, case: Case) -> Verdict:
        """What became of the case's file."""
        draft = case.draft()
        path = self._folder / uuid4().hex
        path.write_bytes(written(draft))
        allowed = frozenset().union(*(one.refusals for one in case.pollutions))
        try:
            return self._loaded(path, draft, allowed)
        except ChanplanError as fault:
            return Verdict("refused" if fault.code in allowed else "wrong_reason", str(fault))
        finally:
            path.unlink()

    def _loaded(self, path: Path, draft: Draft, allowed: frozenset[str]) -> Verdict:
        book = read(path, "shop.bin", self._folder / "staging", Limits())
        found = recognise(book, "shop.bin", Hints(source="s"), today=TODAY)
        if found.questions:
            kinds = {question.kind for question in found.questions}
            return Verdict("refused" if kinds <= allowed else "wrong_reason", f"asks {kinds}")
        self._batch += 1
        counts = load(self._writer, rows(found.sheet, found.recipe), found.recipe, self._batch)
        got = Counter(
            self._writer.rows(
                "select date, channel, product, quantity,"
                " coalesce(amount_with_tax, amount_without_tax), customer"
                " from sales_line where batch = ?",
                [self._batch],
            )
        )
        return _compared(got, Counter(draft.truths()), counts.set_aside, draft.damaged())


def _compared(got: Counter[tuple], want: Counter[tuple], aside: int, damaged: int) -> Verdict:
    odd, lost = got - want, want - got
    if odd or lost.total() > max(0, aside - damaged):
        shown = f"loaded {list(odd)[:2]}, lost {list(lost)[:2]}, set aside {aside}"
        return Verdict("silently_wrong", f"{shown} of {damaged}")
    if lost or aside != damaged:
        return Verdict("wrong_reason", f"set aside {aside} of {damaged}")
    return Verdict("right")
