"""What an import did: rows and sums per file, what was set aside, and where to go next."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.domain.errors import CancelledError
from chanplan.domain.tables import table
from chanplan.ingest.load import Counts
from chanplan.ui import imported, navigation, session, tables
from chanplan.ui.imports import accounted, again, desk, drift, joined, late, pick, run, set_aside
from chanplan.ui.imports.card import told
from chanplan.ui.imports.naming import listed
from chanplan.ui.imports.run import Job, Run
from chanplan.ui.plain import plain
from chanplan.ui.planning.saving import version_named
from chanplan.ui.session import figures, language, say
from chanplan.ui.tables import Column
from chanplan.workspace import Outcome, targeting
from chanplan.workspace.accounted import Account, account

# Where one goes on from a table of each kind.
_NEXT = {
    "sales": ("overview", "channels", "products"),
    "returns": ("overview", "channels", "products"),
    "targets": ("targets", "planning"),
    "channel_costs": ("profit",),
    "customers": ("segments",),
}


def show(done: Run) -> None:
    """The summary first, then the way on, then one line per file and what needs a look."""
    loaded = [job for job in done.jobs if job.outcome is not None]
    new = [job for job in loaded if job.outcome and not job.outcome.whole().already]
    failed = [job for job in done.jobs if job.fault is not None]
    _summary(new, len(loaded) - len(new), failed)
    left = len(desk.candidates()) - len(done.jobs)
    if left > 0:
        st.info(say("imports.left", count=left), icon=":material/help:")
    _ways_on(done)
    _names(new)
    for job in failed:
        said = f"**{plain(job.name)}**: {plain(told(job.fault or ''))}"
        if isinstance(job.fault, CancelledError):  # by a person's own wish
            st.info(said, icon=":material/stop_circle:")
        else:
            st.error(said, icon=":material/error:")
    if loaded:
        _table(loaded)
    for job in loaded:
        _remarks(job)
    _overlaps(loaded)
    sheets = [one for job in new if job.outcome for one in job.outcome.alike]
    _set_aside([one for one in sheets if one.counts.set_aside])


def _ways_on(done: Run) -> None:
    told = {one.table for job in done.jobs if job.outcome for one in job.outcome.alike}
    pages = [page for table_, names in _NEXT.items() if table_ in told for page in names]
    with st.container(horizontal=True, vertical_alignment="center"):
        for name in dict.fromkeys([*pages, "data"]):
            navigation.link(name)
        st.button(say("imports.more"), icon=":material/add:", on_click=_start_over, args=(done,))


def _names(new: list[Job]) -> None:
    """Names that may be ones the store knows already, and the way to decide on them."""
    batches = tuple(one.batch for job in new if job.outcome for one in job.outcome.alike)
    found = session.suggestions_of(batches) if batches else ()
    if found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(say("names.after_import", count=len(found)), icon=":material/link:")
            navigation.link("names")


def _summary(new: list[Job], known: int, failed: list[Job]) -> None:
    counts = [job.outcome.whole().counts for job in new if job.outcome]
    rows, aside = (sum(one.loaded for one in counts), sum(one.set_aside for one in counts))
    if new and not rows and not aside:
        st.info(say("imports.nothing_in", files=len(new)), icon=":material/info:")
    elif aside and not rows:
        st.warning(
            say("imports.none_loaded", files=len(new), rows=figures().count(aside)),
            icon=":material/warning:",
        )
    elif new:
        told = say("imports.done", files=len(new), rows=figures().count(rows))
        if aside:
            told += say("imports.done_aside", rows=figures().count(aside))
        st.success(told, icon=":material/check_circle:")
    if known:
        st.info(say("imports.known", files=known), icon=":material/history:")
    if failed:
        st.warning(say("imports.failed", files=len(failed)), icon=":material/warning:")


def _table(jobs: list[Job]) -> None:
    frame = pd.DataFrame([_row(job) for job in jobs])
    columns = [
        Column("file", say("imports.file")),
        Column("table", say("imports.table"), hidden=frame["table"].nunique() == 1),
        Column("state", say("imports.state")),
        Column("months", say("imports.months_label")),
        Column("rows", say("imports.rows_file"), "count"),
        Column("loaded", say("imports.rows_loaded"), "count"),
        Column("set_aside", say("imports.rows_set_aside"), "count"),
        Column("skipped", say("imports.rows_skipped"), "count"),
        Column("sum_file", say("imports.sum_file"), "price"),
        Column("sum_loaded", say("imports.sum_loaded"), "price"),
        *([Column("counted", say("accounted.column"), "price")] if _differs(frame) else []),
        Column("sum_set_aside", say("imports.sum_set_aside"), "price"),
        Column("currencies", say("imports.currency"), hidden=frame["currencies"].nunique() == 1),
    ]
    if frame["sum_stated"].notna().any():
        columns += [
            Column("sum_stated", say("imports.sum_stated"), "price"),
            Column("stated_off", say("imports.stated_off"), "price", signed=True),
        ]
    tables.show(
        frame,
        columns,
        "import_results",
        say("imports.results_alt"),
        (),
        say("imports.results_file"),
    )


def _differs(frame: pd.DataFrame) -> bool:
    """Whether money was loaded somewhere that does not count as net sales."""
    return bool((frame["counted"].notna() & (frame["counted"] != frame["sum_loaded"])).any())


def _money(outcome: Outcome) -> Account | None:
    """Where the money of a file of sales has gone."""
    if outcome.table != "sales":
        return None
    return account(outcome.counts, outcome.recipe, outcome.companions)


def _row(job: Job) -> dict[str, Any]:
    assert job.outcome is not None
    outcome = job.outcome.whole()
    declared, counts, money = table(outcome.table), outcome.counts, _money(outcome)
    state = say("imports.state_loaded")
    if outcome.already:
        state = say("imports.state_known", day=str(outcome.already)[:10])
    elif counts.set_aside and not counts.loaded:
        state = say("imports.state_aside")
    return {
        "file": job.name,
        "table": declared.zh if language() == "zh" else declared.en,
        "state": state,
        "months": _months(outcome.months),
        "rows": counts.file,
        "loaded": counts.loaded,
        "set_aside": counts.set_aside,
        "skipped": counts.skipped,
        "sum_file": counts.sum_file,
        "sum_loaded": counts.sum_loaded,
        "counted": money.counted if money else None,
        "sum_set_aside": counts.sum_set_aside,
        "currencies": ", ".join(outcome.currencies),
        "sum_stated": counts.stated,
        "stated_off": counts.stated_off,
    }


def _months(months: Sequence[int]) -> str:
    """The first and the last: beside sums there is no room for how many."""
    return figures().span(min(months), max(months)) if months else "—"


def _unheard(job: Job) -> None:
    """Targets of a locked version: they are kept and do not count until it is opened."""
    assert job.outcome is not None
    batches = {one.batch for one in job.outcome.alike if one.table == "targets"}
    found = targeting.unheard(session.workspace().store) if batches else []
    here = [one for one in found if one.batch in batches]
    for one in here:
        st.warning(
            say("imports.unheard", file=plain(job.name), year=figures().year(one.year),
                version=plain(version_named(one.version)), count=figures().count(one.rows)),
            icon=":material/lock:",
        )  # fmt: skip
    if here:
        navigation.link("planning")


def _remarks(job: Job) -> None:
    """What a person should know of one file beyond its line in the table."""
    if job.outcome is None:
        return
    outcome = job.outcome.whole()
    name, counts, money = plain(job.name), outcome.counts, _money(outcome)
    if money is not None and money.differs and not outcome.already:
        st.markdown(
            f":material/functions: {name}{say('accounted.of')}{accounted.told(money, counts)}"
        )
    _stated(name, counts)
    if counts.rounded:
        shift = figures().exact(counts.rounding or Decimal(0), 6)
        st.caption(say("imports.rounded", file=name, count=counts.rounded, difference=shift))
    # Months in common without a line in common is told once, for all files, as overlaps.
    if outcome.restated is not None and outcome.takes not in (None, "append"):
        st.info(again.told(outcome.restated, outcome.takes))
    for one in outcome.posted:
        st.info(f"{name}: {late.told(one)}", icon=":material/lock_clock:")
    joined.told(outcome)
    drift.told(outcome)
    _unheard(job)
    if outcome.rivals:
        st.warning(
            say("imports.rivals", file=name, others=listed(outcome.rivals)),
            icon=":material/content_copy:",
        )
        navigation.link("reconcile")


def _stated(name: str, counts: Counts) -> None:
    """The file's own total: a quiet line where its rows come to it, else a warning."""
    told = imported.stated(counts.stated, counts.stated_off)
    if told and counts.stated_off:
        st.warning(f"{name}{say('accounted.of')}{told}", icon=":material/balance:")
    elif told:
        st.caption(f":material/balance: {name}{say('accounted.of')}{told}")


def _overlaps(loaded: list[Job]) -> None:
    """Files of one source and basis with months in common: one sentence, however many."""
    new = {job.name: job.outcome.whole() for job in loaded if job.outcome}
    # Where a person has said which one counts, there is nothing to be told.
    found = {name: one.overlaps for name, one in new.items() if one.overlaps and not one.takes}
    if found:
        others = list(dict.fromkeys(other for each in found.values() for other in each))
        st.warning(say("imports.overlaps", file=listed(list(found)), others=listed(others)))


def _set_aside(sheets: list[Outcome]) -> None:
    """The rows set aside of one file at a time: with many files there may be many."""
    if not sheets:
        return
    st.header(say("set_aside.title"), anchor=False)
    names = {
        str(one.batch): f"{_named(one)} ({figures().count(one.counts.set_aside)})" for one in sheets
    }
    chosen = st.selectbox(
        say("imports.file"), list(names), key="aside_file", format_func=names.__getitem__
    )
    set_aside.show(int(chosen), "aside")


def _named(outcome: Outcome) -> str:
    """The file, and the sheet of a workbook."""
    sheet = outcome.recipe.sheet
    return f"{outcome.file} · {sheet}" if sheet else outcome.file


def _start_over(done: Run) -> None:
    """Back to the desk, where files that still have a question are waiting."""
    keys = [job.candidate.key for job in done.jobs]
    pick.release(keys)
    desk.finish(keys)
    run.forget()
