"""How long targets take: `python -m benchmarks.tracking`.

2,000 partners with a target for each month of a year, beside 36 months of sales: answers with
landing and odds that are worked out anew, of half a year, nine months and the year, and warm ones
of the year. To reach: a warm answer within one second on two cores.
"""

from __future__ import annotations

import csv
import os
import tempfile
import time
from datetime import date
from io import StringIO
from pathlib import Path

import numpy as np

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace import Workspace

PARTNERS = 2_000
MONTHS = 36
FIRST_YEAR = 2022
AS_OF = date(2024, 8, 31)
WARM = 5
LIMIT = 1.0


def sales(seed: int = 1) -> bytes:
    """A line per partner and month, with a season and noise, up to the day judged."""
    rng = np.random.default_rng(seed)
    size = rng.lognormal(8, 1, PARTNERS)
    season = 1 + 0.3 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["月份", "渠道", "经销商", "销售额"])
    for at in range(MONTHS):
        year, month = FIRST_YEAR + at // 12, at % 12 + 1
        if (year, month) > (AS_OF.year, AS_OF.month):
            break
        amounts = size * season[at % 12] * rng.uniform(0.6, 1.4, PARTNERS)
        rows = [[f"{year}-{month:02d}", f"渠道{p % 8}", f"伙伴{p:04d}", f"{amount:.2f}"]
                for p, amount in enumerate(amounts)]  # fmt: skip
        writer.writerows(rows)
    return text.getvalue().encode()


def targets(seed: int = 1) -> bytes:
    """A target per partner and month of the last year."""
    size = np.random.default_rng(seed).lognormal(8, 1, PARTNERS)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["目标月份", "经销商", "目标金额"])
    year = FIRST_YEAR + MONTHS // 12 - 1
    for partner, amount in enumerate(size):
        writer.writerows([f"{year}-{m:02d}", f"伙伴{partner:04d}", f"{amount:.2f}"]
                         for m in range(1, 13))  # fmt: skip
    return text.getvalue().encode()


def main() -> int:
    """Prints what each answer took; 1 where a warm one is over the limit."""
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder)) as workspace:
        for name, content in (("销售.csv", sales()), ("目标.csv", targets())):
            original = workspace.receive(name, content)
            counts = workspace.load(original, workspace.inspect(original)).counts
            print(f"{name}: {counts.loaded:,} rows")
        scope = Scope(Period(202401, 202412))
        anew = [_took(workspace, scope.at(Period(202401, 202400 + last))) for last in (6, 9, 12)]
        warm = sorted(_took(workspace, scope) for _ in range(WARM))[WARM // 2]
        found = workspace.tracking(scope, 2024, ("partner",), AS_OF)
        told = int(found["p_hit"].notna().sum())
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"rows {len(found):,}, with odds {told:,}; cores {cores}, load {load:.1f}")
    print("worked out anew: " + ", ".join(f"{each:.2f} s" for each in anew))
    print(f"warm, median of {WARM}: {warm:.3f} s (limit {LIMIT} s)")
    return int(warm > LIMIT)


def _took(workspace: Workspace, scope: Scope) -> float:
    """Seconds of one answer with its landings and odds."""
    begun = time.perf_counter()
    workspace.tracked(scope, ("partner",), AS_OF)
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
