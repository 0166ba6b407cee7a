"""Reads the whole corpus of polluted files and prints what became of them."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.ingest.polluted.judging import Judge, cases


def main() -> None:
    """Exit code 1 where a file was silently wrong or more than 1 % were not right."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(Path(folder))
        for case in cases():
            verdict = judge.judge(case)
            counts[verdict.kind] += 1
            if verdict.kind not in ("right", "refused"):
                sys.stdout.write(f"{verdict.kind} {case.name}: {verdict.why}\n")
    total = counts.total()
    sys.stdout.write(f"{total} files: {dict(counts)}\n")
    good = counts["right"] + counts["refused"]
    sys.exit(1 if counts["silently_wrong"] or good < 0.99 * total else 0)


if __name__ == "__main__":
    main()
