"""How long targets take: `python -m benchmarks.tracking`.

2,000 partners with a target for each month of a year, beside 36 months of sales: the answer with
landing and odds, and the page that is drawn of it (one run of its script, as the server does it,
without the browser); each worked out anew after an import, and warm with its answers kept. To
reach: the answer anew within one second of one processor, and the page warm as well.
"""

from __future__ import annotations

import csv
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from statistics import median

import numpy as np
from streamlit.testing.v1 import AppTest

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ui import session
from chanplan.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
PARTNERS = 2_000
MONTHS = 36
FIRST_YEAR = 2022
AS_OF = date(2024, 8, 31)
RUNS = 5
LIMIT = 1.0
# One more line of sales: an import.
ROW = "月份,渠道,经销商,销售额\n2024-08-{day:02d},渠道0,伙伴0000,1\n"


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


@dataclass(frozen=True)
class Took:
    """Processor seconds, the median of RUNS: of the answer, and of the page, each anew after an
    import; of the page with its answers kept."""

    answer: float
    page: float
    page_kept: float

    def told(self) -> str:
        """A sentence for a page of figures."""
        return (
            f"Of {PARTNERS:,} targets × {MONTHS} months the answer with landing and odds took"
            f" {self.answer:.1f} s of one\nprocessor after an import, the page that is drawn of it"
            f" {self.page:.1f} s, and {self.page_kept:.1f} s with its answers kept."
        )


def measured() -> Took:
    """Lays the store in a folder of its own and looks at it RUNS times."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANPLAN_HOME"] = folder
        with Workspace.open(Path(folder)) as workspace:
            for name, content in (("销售.csv", sales()), ("目标.csv", targets())):
                _load(workspace, name, content)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
        app.run()
        app.switch_page("pages/targets.py").run()
        kept = [_seconds(app.run) for _ in range(RUNS)]
        space, scope = session.workspace(), Scope(Period(202401, 202412))
        answers, pages = [], []
        for at in range(RUNS):
            _load(space, f"一行{at}.csv", ROW.format(day=at + 1).encode())
            answers.append(_seconds(lambda: space.targets.tracked(scope, ("partner",), AS_OF)))
            _load(space, f"又一行{at}.csv", ROW.format(day=at + 11).encode())
            pages.append(_seconds(app.run))
        if app.exception:
            raise SystemExit(app.exception[0].value)
        space.close()
    return Took(median(answers), median(pages), median(kept))


def main() -> int:
    """Prints what it took; 1 where a goal is missed."""
    took = measured()
    print(took.told(), f"Load {os.getloadavg()[0]:.1f}.")
    return int(max(took.answer, took.page_kept) > LIMIT)


def _load(workspace: Workspace, name: str, content: bytes) -> None:
    original = workspace.receive(name, content)
    workspace.load(original, workspace.inspect(original))


def _seconds(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return time.process_time() - begun


if __name__ == "__main__":
    raise SystemExit(main())
