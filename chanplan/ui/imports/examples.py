"""A few values out of a column, so that one sees what it holds."""

from __future__ import annotations

from chanplan.ingest.recognise import Proposal

# Values shown beside a column's name, so that one sees what it holds.
EXAMPLES = 3
# As much of a value as tells what it is.
LONGEST_EXAMPLE = 24


def examples(proposal: Proposal, at: int) -> list[str]:
    """The first different ones below the header, cut short."""
    below = proposal.sheet.top[proposal.recipe.header_line :]
    cells = (row[at] for row in below if at < len(row))
    found = dict.fromkeys(cell.strip()[:LONGEST_EXAMPLE] for cell in cells if cell)
    return list(found)[:EXAMPLES]
