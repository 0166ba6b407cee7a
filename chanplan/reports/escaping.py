"""Text from files made inert for spreadsheet programs that would run it as a formula."""

from __future__ import annotations

# A cell that starts with one of these is read as a formula, or hides one behind a blank.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
ESCAPE = "'"


def inert(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    A NUL has no place in a cell at all and is dropped.
    """
    clean = text.replace("\0", "")
    return f"{ESCAPE}{clean}" if text.startswith(DANGEROUS) else clean
