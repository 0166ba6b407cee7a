"""One file's result in sentences: faults and overlaps on standard error."""

from __future__ import annotations

import click

from chanplan.commands import frame, written
from chanplan.commands.importing import remarks
from chanplan.commands.importing.doing import Done
from chanplan.domain.posted import Posted
from chanplan.language.words import text
from chanplan.workspace import Outcome


def report(done: Done, quiet: bool) -> None:
    """A line per file; faults and overlaps on standard error."""
    if done.fault is not None:
        frame.complain(done.fault, about=done.file)
        return
    if done.outcome is None:
        return
    outcome = done.outcome.whole()
    if outcome.overlaps:
        frame.say(
            text(frame.language(), "commands.overlap", others=outcome.overlaps), about=done.file
        )
    for late in outcome.posted:
        frame.say(_posted(late), about=done.file)
    if outcome.rivals:
        frame.say(text(frame.language(), "commands.rivals", others=outcome.rivals), about=done.file)
    for one in done.unheard:
        said = text(frame.language(), "commands.unheard", year=one.year, version=one.version,
                    count=one.rows)  # fmt: skip
        frame.say(said, about=done.file)
    if not quiet:
        click.echo(f"{done.file}: {_sentence(outcome)}")
        alike = remarks.sheets(done.outcome, frame.language())
        told = [*alike, *remarks.remarks(outcome, frame.language())]
        told += remarks.notes(done.proposal, frame.language())
        for remark in (*told, *remarks.other_sheets(done.proposal, frame.language())):
            click.echo(f"  {remark}")


def _posted(late: Posted) -> str:
    """Where late lines of a closed month count."""
    months = {"month": written.month(late.month_from), "to": written.month(late.month_to)}
    money = written.plain(late.money)
    return text(frame.language(), "closing.posted", lines=late.lines, money=money, **months)


def _sentence(outcome: Outcome) -> str:
    if outcome.already:
        return text(frame.language(), "commands.already", at=outcome.already)
    counts = outcome.counts
    return text(
        frame.language(),
        "commands.loaded",
        table=outcome.table,
        batch=outcome.batch,
        file=counts.file,
        loaded=counts.loaded,
        set_aside=counts.set_aside,
        skipped=counts.skipped,
        net_sales=written.plain(counts.sum_loaded),
        currency=_currency(outcome),
    )


def _currency(outcome: Outcome) -> str:
    """The money that is meant, where it is one."""
    alone = outcome.table == "sales" and len(outcome.currencies) == 1
    return f" {outcome.currencies[0]}" if alone else ""
