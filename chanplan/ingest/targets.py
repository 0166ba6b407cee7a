"""What is read of a sheet of targets alone: quarters and years, rates, and what it sets them on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chanplan.domain.tables import Table
from chanplan.domain.targets import PLAIN_MEASURE, measure_in, measure_within
from chanplan.ingest.matching import Match, cells_of
from chanplan.ingest.quarters import coarse

Cells = Sequence[Sequence[str | None]]
_TARGETS = "targets"


def with_periods(one: Table, matches: Mapping[str, Match], sample: Cells) -> dict[str, Match]:
    """{"period": the column of the months}, where that names quarters or years: the text stays
    beside the day that it begins on."""
    month = matches.get("month")
    if one.name != _TARGETS or month is None or "period" in matches:
        return {}
    told = any(coarse(cell) for cell in cells_of(sample, month.at))
    return {"period": Match(month.at, month.header, "in_cells")} if told else {}


def with_rates(one: Table, matches: Mapping[str, Match], sample: Cells) -> dict[str, str]:
    """{"rates": "percent"} where a column of amounts that may hold rates has one: 80%."""
    ats = [found.at for name, found in matches.items() if one.columns[name].rates]
    told = (cell for at in ats for cell in cells_of(sample, at) if cell)
    return {"rates": "percent"} if any(cell.strip().endswith(("%", "％")) for cell in told) else {}


def measured(
    one: Table, matches: Mapping[str, Match], around: Iterable[str | None]
) -> dict[str, str]:
    """{"measure": its name} where a heading or the title of a sheet says what its targets are set
    on, no column does, and it is not what a target is set on where nobody says."""
    amount = matches.get("amount")
    if one.name != _TARGETS or amount is None or "measure" in matches:
        return {}
    said = measure_in(amount.header) or next(
        (found for text in around if text and (found := measure_within(text))), None
    )
    return {"measure": said} if said not in (None, PLAIN_MEASURE) else {}
