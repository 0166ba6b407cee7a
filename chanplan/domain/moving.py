"""What is of a line's partner where the company says so, and what the relations under its word are
called."""

from __future__ import annotations

# The columns of a line that move with its partner: see store/moving.py.
MOVING = ("channel", "region")


def moved(relation: str, view: str) -> str:
    """A relation's name under the company's word on where partners belong, by attribute view."""
    return f"{relation}_moved_{view}"
