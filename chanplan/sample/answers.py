"""Which files the sample company has, in the order they load, and what a person answers for each.

`answers.toml` beside the files says it: blocks of a `pattern` and the answers for its files,
under the names that recognition gives its hints (source, channel, basis, tax …). `takes` is what
a person says of a file that tells months again: "replace", "replace_months" or "append".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chanplan.domain.restated import Takes

FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
ANSWERS = "answers.toml"
# What a block says that is no hint for recognition.
_OURS = ("pattern", "takes")


@dataclass(frozen=True)
class SampleFile:
    """One exported file, the answers for it, and whose place it takes."""

    path: Path
    answers: Mapping[str, Any]
    takes: Takes | None = None


def files(folder: Path = FOLDER) -> tuple[SampleFile, ...]:
    """Every file that a block of answers names, block by block, by name within one."""
    declared = folder / ANSWERS
    if not declared.is_file():
        return ()
    blocks = tomllib.loads(declared.read_text("utf-8"))["files"]
    return tuple(
        SampleFile(
            path,
            {name: told for name, told in block.items() if name not in _OURS},
            block.get("takes"),
        )
        for block in blocks
        for path in sorted(folder.glob(block["pattern"]))
    )
