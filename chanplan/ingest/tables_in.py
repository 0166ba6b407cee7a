"""Several tables in one sheet: where each begins and ends, and what each seems to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chanplan.domain.area import Area
from chanplan.domain.tables import table
from chanplan.ingest.fitting import Fit, best_fit
from chanplan.ingest.headers import normal
from chanplan.ingest.other_tables import other_tables
from chanplan.ingest.read import Sheet
from chanplan.ingest.stacked import halves, heads_once
from chanplan.ingest.told import Hints, Question

# A title stands in a cell or two above its table.
_TITLE_CELLS = 2


@dataclass(frozen=True)
class Part:
    """One table of a sheet that has several."""

    area: Area
    sheet: Sheet
    fit: Fit

    @property
    def seems(self) -> tuple[str, str | None, str]:
        """(lines or cells, the table it seems to be or None, its headings)."""
        headings = ", ".join(head.strip() for head in self.fit.headers if head)
        table = self.fit.table.name if self.fit.complete else None
        return str(self.area), table, headings


def parts(sheet: Sheet, fit: Fit, hints: Hints, name: str) -> tuple[Part, ...]:
    """The tables of a sheet; () where it has one. The likeliest is the fullest that is complete."""
    areas = _beside(sheet, fit) or _below(sheet, fit)
    if len(areas) < 2:
        return ()
    plain = replace(hints, header_line=None, rows=None, columns={})
    found = []
    for area in areas:
        cut = sheet.within(area)
        found.append(Part(area, cut, best_fit(cut, plain, name)))
    return tuple(found)


def likeliest(found: Sequence[Part]) -> Part:
    """The part to propose: the one that fits best; of equals the one with more lines."""
    return max(found, key=lambda part: (part.fit.rank, len(part.fit.sample)))


def parts_told(question: Question) -> dict[str, str]:
    """The options of a question about parts of a sheet in words, {} of any other."""
    if not question.seems:
        return {}
    return {
        "parts_zh": "；".join(_told(question, "zh", "（", "）")),
        "parts_en": "; ".join(_told(question, "en", " (", ")")),
    }


def _told(question: Question, language: str, opening: str, closing: str) -> Iterator[str]:
    for option, (name, headings) in zip(question.options, question.seems, strict=True):
        seems = f"{getattr(table(name), language)}: " if name else ""
        yield f"{option}{opening}{seems}{headings}{closing}"


def _below(sheet: Sheet, fit: Fit) -> list[Area]:
    """Areas cut above every heading, and above the title over it."""
    below = (line for line in other_tables(sheet, fit) if line > fit.header_line)
    starts = sorted({1, *(_with_title(sheet, line) for line in below)})
    own = _with_title(sheet, fit.header_line - fit.header_rows + 1)
    starts = sorted({*starts, own}) if own > 1 and _told_above(sheet, own) else starts
    ends: list[int | None] = [_end(sheet, start - 1) for start in starts[1:]]
    return [Area(start, end) for start, end in zip(starts, [*ends, None], strict=True)]


def _told_above(sheet: Sheet, line: int) -> bool:
    """Whether something wider than a title stands above a line."""
    return any(sum(map(bool, row)) > _TITLE_CELLS for row in sheet.top[: line - 1])


def _with_title(sheet: Sheet, line: int) -> int:
    """The line a table begins at: its heading, or the title right above it."""
    while line > 1 and 0 < sum(map(bool, sheet.top[line - 2])) <= _TITLE_CELLS:
        line -= 1
    return line


def _end(sheet: Sheet, line: int) -> int:
    while line > 1 and not any(sheet.top[line - 1]):
        line -= 1
    return line


def _beside(sheet: Sheet, fit: Fit) -> list[Area]:
    """Areas on both sides of an empty column, where the heading of the dates stands in each."""
    told = [head.strip() if normal(head) else "" for head in fit.headers]
    first = fit.header_line - fit.header_rows + 1
    blocks: list[list[int]] = [[]]
    for at, head in enumerate(told):
        if head:
            blocks[-1].append(at)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if len(block) > 1]
    if half := halves(heads_once(sheet, fit.header_line, fit.header_rows, fit.headers)):
        blocks = [[*range(half)], [*range(half, 2 * half)]]
        told += [""] * (2 * half - len(told))
    lowest = [(cell or "").strip() for cell in sheet.top[fit.header_line - 1]]
    heads = [
        {told[at] for at in block} | {lowest[at] for at in block if at < len(lowest)}
        for block in blocks
    ]
    if len(blocks) < 2 or not all((heads[0] & other) - {""} for other in heads[1:]):
        return []
    return [Area(first, None, block[0], block[-1]) for block in blocks]
