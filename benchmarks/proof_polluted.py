"""The whole corpus of polluted files: read right, or refused for the right reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.ingest.polluted.judging import Judge, cases

Result = tuple[str, int, int]


def prove(folder: Path) -> Iterator[Result]:
    """Every pollution alone and in pairs; each file's clean truth stands beside it."""
    judge, ends = Judge(folder), Counter[str]()
    for case in cases():
        verdict = judge.judge(case)
        ends[verdict.kind] += 1
        if verdict.kind not in ("right", "refused"):
            print(f"polluted: {verdict.kind} {case.name}: {verdict.why}")
    wrong = ends.total() - ends["right"] - ends["refused"]
    yield "a polluted file is read right, or refused for the right reason", ends.total(), wrong
    yield "… and never silently wrong", ends.total(), ends["silently_wrong"]
