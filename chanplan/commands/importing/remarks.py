"""What a person at the command line should know of an import beyond its one line of counts."""

from __future__ import annotations

from typing import Any

from chanplan.commands import written
from chanplan.domain.drift import Drift
from chanplan.domain.tables import table
from chanplan.ingest.recognise import Proposal
from chanplan.language.scale import Language
from chanplan.language.words import text
from chanplan.workspace import Joined, Outcome
from chanplan.workspace.accounted import account

# Sheets that stayed out for a reason of their own.
_WHY = ("summary", "repeats", "other_meaning", "hidden", "empty")
# Names in one sentence; --json lists more.
MOST_NAMED = 8


def remarks(outcome: Outcome, language: Language) -> list[str]:
    """Lines that do not count, returns and items that joined, and what is unlike before."""
    found = [*_uncounted(outcome, language), *_currencies(outcome, language)]
    for one in (outcome, *outcome.companions):
        found += _joined(one.joined, one, language) if one.joined else []
        found += [_drift(each, one.table, language) for each in one.drift]
    return found


def notes(proposal: Proposal | None, language: Language) -> list[str]:
    """What recognition has left out that a person may miss."""
    told = proposal.notes if proposal else ()
    return [text(language, f"notes.{one.code}", **one.values) for one in told if one.loud]


def other_sheets(proposal: Proposal | None, language: Language) -> list[str]:
    """The sheets of a workbook that stayed out though they look like a table of the business."""
    if proposal is None:
        return []
    return [
        text(
            language,
            f"sheets.{one.reason}" if one.reason in _WHY else "commands.other_sheet",
            sheet=one.name or "—",
            table=_title(one.table, language),
        )
        for one in proposal.others
        if one.table is not None
    ]


def sheets(outcome: Outcome, language: Language) -> list[str]:
    """The sheets of one shape that came in together, each with its rows."""
    told = [
        text(
            language,
            "commands.sheet_rows",
            sheet=one.recipe.sheet or "—",
            loaded=one.counts.loaded,
            file=one.counts.file,
        )
        for one in outcome.alike
    ]
    if len(told) < 2:
        return []
    return [text(language, "commands.sheets", count=len(told), sheets=told)]


def _title(name: str, language: Language) -> str:
    return table(name).zh if language == "zh" else table(name).en


def _uncounted(outcome: Outcome, language: Language) -> list[str]:
    money = account(outcome.counts, outcome.recipe)
    if not money.apart_rows:
        return []
    amount, counted = map(written.plain, (money.apart, money.counted))
    rows = money.apart_rows
    return [text(language, "commands.not_counted", rows=rows, amount=amount, counted=counted)]


def _currencies(outcome: Outcome, language: Language) -> list[str]:
    if len(outcome.currencies) < 2:
        return []
    return [text(language, "commands.currencies", currencies=list(outcome.currencies))]


def _joined(joined: Joined, outcome: Outcome, language: Language) -> list[str]:
    sheet = outcome.recipe.sheet
    file = f"{outcome.file} · {sheet}" if sheet else outcome.file
    told: dict[str, dict[str, Any]] = {}
    if joined.return_lines:
        amount = written.plain(-joined.returned)
        told["returns"] = {"lines": joined.return_lines, "amount": amount}
    if joined.item_lines:
        told["items"] = {"lines": joined.item_lines, "amount": written.plain(joined.spread)}
    if joined.orphan_rows:
        orders = list(joined.orphans[:MOST_NAMED])
        told["orphans"] = {"rows": joined.orphan_rows, "orders": orders}
    if joined.untold_orders:
        orders = list(joined.untold[:MOST_NAMED])
        told["untold"] = {"count": joined.untold_orders, "orders": orders}
    return [text(language, f"joined.{key}", file=file, **values) for key, values in told.items()]


def _drift(one: Drift, table_name: str, language: Language) -> str:
    values = {
        name: _readable(name, value, table_name, language) for name, value in one.values.items()
    }
    return text(language, f"drift.{one.code}", **values)


def _readable(name: str, value: Any, table_name: str, language: Language) -> Any:
    if name == "field":
        column = table(table_name).columns[str(value)]
        return column.zh if language == "zh" else column.en
    if name == "month":
        return written.month(int(value))
    if name == "months":
        return [written.month(int(month)) for month in value[:MOST_NAMED]]
    return list(value[:MOST_NAMED]) if isinstance(value, tuple) else written.plain(value)
