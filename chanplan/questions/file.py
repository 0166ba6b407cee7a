"""The .sql file of a question: what its head declares, and its statement with slots.

A file opens with comments: one sentence, then the sections `parameters`, `inputs` and
`columns`, each a list of names with a few words. A parameter has its kind after a colon. A
statement holds `:name` for a bound value and `{name}` for what the catalogue and the scope
decide; see compile.py for the slots there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ROOM = Path(__file__).parent
# The kind of a parameter that names the dimensions a question is split by.
DIMENSIONS = "dimensions"
KINDS = (DIMENSIONS, "period", "month", "day", "number", "text", "texts")
# Stands among the columns for one column per dimension split by.
KEYS = "*"
_SECTIONS = ("parameters", "inputs", "columns")
_INCLUDED = re.compile(r"\{include (\w+)\}")
_ENTRY = re.compile(r"  (\*|[a-z_]+)(?:: ([a-z]+))?  +\S|  (\*|[a-z_]+)(?:: ([a-z]+))?$")


@dataclass(frozen=True)
class QuestionFile:
    """What a file declares: parameters with their kinds, the relations read, the columns given.

    inputs   published relations, or a family of them (amounts, orders, customers) of which the
             smallest that holds the members asked for is read
    columns  in the order of the answer; KEYS stands for the dimensions split by
    """

    name: str
    says: str
    parameters: Mapping[str, str]
    inputs: tuple[str, ...]
    columns: tuple[str, ...]
    statement: str


def question_names() -> tuple[str, ...]:
    """Every question there is, by name."""
    return tuple(sorted(path.stem for path in _ROOM.glob("*.sql")))


@cache
def question_file(name: str) -> QuestionFile:
    """The file of a question, read once; ValueError for a head that says nothing we know."""
    text = (_ROOM / f"{name}.sql").read_text(encoding="utf-8")
    lines = text.splitlines()
    head = [line[2:].removeprefix(" ") for line in lines if line.startswith("--")]
    if not head or lines[: len(head)] != [line for line in lines if line.startswith("--")]:
        raise ValueError(f"{name}.sql: the comments that open a question stand together")
    says, sections = _sections(name, head)
    return QuestionFile(
        name=name,
        says=says,
        parameters=sections["parameters"],
        inputs=tuple(sections["inputs"]),
        columns=tuple(sections["columns"]),
        statement=_INCLUDED.sub(_part, "\n".join(lines[len(head) :]).strip()),
    )


def _part(told: re.Match[str]) -> str:
    """A text that several questions share; it may be made of others."""
    text = (_ROOM / "parts" / f"{told[1]}.sql").read_text(encoding="utf-8").strip()
    return _INCLUDED.sub(_part, text)


def _sections(name: str, head: list[str]) -> tuple[str, dict[str, dict[str, str]]]:
    """The first sentence, and section → name → kind ('' where none is told)."""
    found: dict[str, dict[str, str]] = {section: {} for section in _SECTIONS}
    section, said = "", list[str]()
    for line in head:
        if line in _SECTIONS:
            section = line
        elif not section:
            said.append(line)
        elif match := _ENTRY.match(line):
            entry, kind = match[1] or match[3], match[2] or match[4] or ""
            if (section == "parameters") != (kind in KINDS):
                raise ValueError(f"{name}.sql: {entry} under {section}")
            found[section][entry] = kind
    return " ".join(said).strip(), found
