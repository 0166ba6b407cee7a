"""How far a long command is: one line that is written over, for a person who is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

Progress = Callable[[int, int], None]


def shown() -> Progress | None:
    """Takes (steps done, steps in all); None where nobody watches the error stream."""
    return _show if sys.stderr.isatty() else None


def _show(done: int, steps: int) -> None:
    click.echo(f"\r{done / max(steps, 1):4.0%}", err=True, nl=done >= steps)
