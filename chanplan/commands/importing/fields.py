"""An import's result as JSON: what its lines are, which columns were taken and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from chanplan.commands import written
from chanplan.domain.posted import Posted
from chanplan.domain.tables import table
from chanplan.ingest.load import Counts
from chanplan.ingest.recognise import Proposal
from chanplan.ingest.statements import Part
from chanplan.language.grounds import grounds
from chanplan.language.scale import Language
from chanplan.workspace import Joined, Outcome
from chanplan.workspace.accounted import account
from chanplan.workspace.targeting import Unheard


def line_types(outcome: Outcome, proposal: Proposal | None) -> dict[str, Any]:
    """What the lines are by the rules of the status columns; {} where nothing was loaded."""
    counts = outcome.counts
    if not counts.by_type:
        return {}
    within = outcome.recipe.formats.get("refund_is") == "within"
    money = account(outcome.counts, outcome.recipe)
    return {
        "line_types": _by_type(counts),
        **({"refunds": {**_part(counts.refunds), "within": within}} if counts.refunds else {}),
        "counted": written.plain(money.counted),
        "not_counted": written.plain(money.apart),
        "statuses": _statuses(counts, proposal),
    }


def joined(found: Joined | None) -> dict[str, Any]:
    """Which orders the returns and items have found, and which are alone."""
    if found is None:
        return {}
    return {
        "joined": {
            "return_lines": found.return_lines,
            "returned": written.plain(-found.returned),
            "item_lines": found.item_lines,
            "spread": written.plain(found.spread),
            "lines_told_by_items": found.aside,
            "rows_without_order": found.orphan_rows,
            "orders_not_found": list(found.orphans),
            "orders_without_items": found.untold_orders,
            "first_without_items": list(found.untold),
        }
    }


def posted(found: Sequence[Posted]) -> dict[str, Any]:
    """Late lines of closed months, and where they count; {} where there are none."""
    told = [
        {
            "month": written.month(one.month_from),
            "to": written.month(one.month_to),
            "lines": one.lines,
            "net_sales": written.plain(one.money),
        }
        for one in found
    ]
    return {"posted": told} if told else {}


def drift(outcome: Outcome) -> list[dict[str, Any]]:
    """What is unlike the source's files before, as codes and values."""
    return [
        {"code": one.code, **{name: _drifted(name, value) for name, value in one.values.items()}}
        for one in outcome.drift
    ]


def unheard(found: Sequence[Unheard]) -> dict[str, Any]:
    """Rows of targets that do not count, because their version is locked; {} where all do."""
    told = [{"year": one.year, "version": one.version, "rows": one.rows} for one in found]
    return {"locked_versions": told} if told else {}


def _drifted(name: str, value: Any) -> Any:
    if name == "month":
        return written.month(value)
    if name == "months":
        return [written.month(month) for month in value]
    return list(value) if isinstance(value, tuple) else written.plain(value)


def sheets(outcome: Outcome) -> dict[str, Any]:
    """The sheets of one shape that came together, which the file's rows and sums are those of;
    {} where it is one."""
    told = [
        {
            "sheet": one.recipe.sheet,
            "batch": one.batch,
            "rows": rows(one.counts),
            "net_sales": written.plain(one.counts.sum_loaded),
            "constants": dict(one.recipe.constants),
            "already_imported": one.already,
        }
        for one in outcome.alike
    ]
    return {"sheets": told} if len(told) > 1 else {}


def companions(outcome: Outcome) -> dict[str, Any]:
    """The other sheets of the file that came along for its orders; {} where none did."""
    told = [_companion(one) for one in outcome.companions if one not in outcome.alike]
    return {"companions": told} if told else {}


def rows(counts: Counts) -> dict[str, int]:
    """rows in file = loaded + set aside + skipped."""
    return {
        "file": counts.file,
        "loaded": counts.loaded,
        "set_aside": counts.set_aside,
        "skipped": counts.skipped,
    }


def own_total(counts: Counts) -> dict[str, Any]:
    """What the file's own total row says, and how far that is from its rows; {} without one."""
    if counts.stated is None:
        return {}
    off = written.plain(counts.stated_off)
    return {"own_total": {"stated": written.plain(counts.stated), "differs_by": off}}


def recognised(proposal: Proposal | None, language: Language) -> dict[str, Any]:
    """How the columns were taken, each with a confidence and the reason in a person's words."""
    if proposal is None:
        return {}
    fields = table(proposal.recipe.table).columns
    choices = [
        {
            "field": one.field,
            "header": one.header,
            "confidence": one.confidence,
            "reason": one.reason,
            "why": grounds(one, fields[one.field].kind, language),
        }
        for one in proposal.choices
    ]
    suggestions = [
        {"field": one.field, "header": one.header, "likeness": one.likeness}
        for one in proposal.suggestions
    ]
    return {
        "shape": proposal.shape,
        "choices": choices,
        "unused": list(proposal.unused),
        "suggestions": suggestions,
        "notes": [{"code": one.code, **_plainly(one.values)} for one in proposal.notes],
        "other_sheets": [
            {"sheet": one.name, "table": one.table, "reason": one.reason} for one in proposal.others
        ],
    }


def _plainly(values: Mapping[str, Any]) -> dict[str, Any]:
    return {n: v if isinstance(v, str | int) else list(v) for n, v in values.items()}


def _companion(outcome: Outcome) -> dict[str, Any]:
    return {
        "sheet": outcome.recipe.sheet,
        "table": outcome.table,
        "batch": outcome.batch,
        "rows": rows(outcome.counts),
        "columns": outcome.recipe.named_columns(),
        "already_imported": outcome.already,
        **joined(outcome.joined),
    }


def _by_type(counts: Counts) -> dict[str, Any]:
    """The lines' types, with the return lines that refunds have made."""
    parts = dict(counts.by_type)
    if counts.refunds:
        own = parts.get("return", Part(0, Decimal(0)))
        rows_and_money = own.rows + counts.refunds.rows, own.money - counts.refunds.money
        parts["return"] = Part(*rows_and_money)
    return {kind: _part(part) for kind, part in parts.items()}


def _statuses(counts: Counts, proposal: Proposal | None) -> list[dict[str, Any]]:
    rules = {one.status: one.rule for one in proposal.statuses} if proposal else {}
    return [
        {
            "status": one.status,
            "line_type": one.line_type,
            "rule": rules.get(one.status, ""),
            **_part(one),
        }
        for one in counts.statuses
    ]


def _part(part: Part) -> dict[str, Any]:
    return {"rows": part.rows, "amount": written.plain(part.money)}
