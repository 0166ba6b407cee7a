"""Run the product's commands as a shell would, in their own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def chanplan(*words: str | Path, language: str = "en") -> Said:
    """`python -m chanplan …` from the project's folder."""
    done = subprocess.run(
        [sys.executable, "-m", "chanplan", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "CHANPLAN_LANGUAGE": language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    return Said(done.returncode, done.stdout, done.stderr)
