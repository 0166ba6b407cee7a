"""The whole corpus of polluted files: read right, or refused for the right reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.ingest.polluted.judging import Judge, cases

Result = tuple[str, int, int]
# More than the corpus has: all of it.
ALL = 1_000_000


def prove(folder: Path, files: int) -> Iterator[Result]:
    """Every pollution alone and in pairs; each file's clean truth stands beside it.

    Fewer `files` than there are: so many, at even steps through all.
    """
    judge, ends = Judge(folder), Counter[str]()
    corpus = list(cases())
    for case in islice(corpus, 0, None, max(1, -(-len(corpus) // files))):
        verdict = judge.judge(case)
        ends[verdict.kind] += 1
        if verdict.kind not in ("right", "refused"):
            print(f"polluted: {verdict.kind} {case.name}: {verdict.why}")
    wrong = ends.total() - ends["right"] - ends["refused"]
    yield "a polluted file is read right, or refused for the right reason", ends.total(), wrong
    yield "… and never silently wrong", ends.total(), ends["silently_wrong"]
