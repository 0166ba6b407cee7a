"""Run the product's commands as a shell would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from chanplan.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "python -m chanplan"


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
    """`python -m chanplan …` without the seconds that its start takes: the same words, in here.

    What no command foresaw is raised, so that no traceback can pass for a sentence.
    """
    done = CliRunner(env={"CHANPLAN_LANGUAGE": language}).invoke(
        main, [str(word) for word in words], prog_name=PROGRAM, catch_exceptions=False
    )
    return Said(done.exit_code, done.stdout, done.stderr)


def started(*words: str | Path, language: str = "en") -> Said:
    """`python -m chanplan …` from the project's folder, in a process of its own."""
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
