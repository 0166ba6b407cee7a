"""The versions of a year: which is in force, which is locked, and who has changed what."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import tables
from chanplan.ui.history import moment
from chanplan.ui.outcome import Outcome
from chanplan.ui.plain import plain
from chanplan.ui.planning import asked
from chanplan.ui.planning.choosing import dimension_named
from chanplan.ui.planning.saving import version_named
from chanplan.ui.session import say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace import targeting
from chanplan.workspace.targeting import Version

_SAID = Outcome("plan_version_fault")
# Pixels; what a person writes as a reason may be long.
_REASON_WIDTH = 320


def show(year: int) -> None:
    """A line a version with its switches; the change log below."""
    _SAID.tell()
    found = [one for one in asked.versions() if one.year == year]
    if not found:
        st.markdown(say("planning.no_versions"))
    for one in found:
        _line(one)
        _unheard(one)
    _log(year)


def _line(one: Version) -> None:
    key = f"{one.year}_{one.version}"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        facts = [say("planning.version_from", month=one.starts)]
        facts += [say("planning.version_rows", count=one.rows, by=_told_by(one))]
        facts += [plain(one.reason)] if one.reason else []
        facts += [f"{plain(one.by)} {moment(one.at)}"]
        badge = f" :green-badge[{say('planning.in_force')}]" if one.in_force else ""
        badge += f" :gray-badge[:material/lock: {say('planning.locked')}]" if one.locked else ""
        st.markdown(f"**{plain(version_named(one.version))}**{badge}  \n:gray[{' · '.join(facts)}]")
        st.button(
            say("planning.unchoose" if one.chosen else "planning.choose"),
            key=f"choose_{key}",
            icon=":material/flag:",
            help=say("planning.choose_help"),
            on_click=_do,
            args=("choose", one, not one.chosen),
        )
        st.button(
            say("planning.unlock" if one.locked else "planning.lock"),
            key=f"lock_{key}",
            icon=":material/lock_open:" if one.locked else ":material/lock:",
            help=say("planning.lock_help"),
            on_click=_do,
            args=("lock", one, not one.locked),
        )


def _unheard(one: Version) -> None:
    """What was imported of a locked version since: it does not count, and what would help."""
    lost = [
        each for each in asked.unheard() if (each.year, each.version) == (one.year, one.version)
    ]
    if lost:
        files = say("planning.comma").join(
            plain(file) for file in dict.fromkeys(e.file for e in lost)
        )
        count = sum(each.rows for each in lost)
        st.warning(
            say("planning.unheard", version=plain(version_named(one.version)), files=files,
                count=count),
            icon=":material/lock:",
        )  # fmt: skip


def _told_by(one: Version) -> str:
    ways = (" → ".join(map(dimension_named, by)) or say("planning.company") for by in one.shapes)
    return say("planning.comma").join(ways)


def _do(what: str, one: Version, on: bool) -> None:
    try:
        deed = targeting.choose if what == "choose" else targeting.lock
        deed(workspace(), one.year, one.version, on)
    except ChanplanError as fault:
        _SAID.refused(fault)


def _log(year: int) -> None:
    """Who, when, why."""
    found = asked.changes()
    found = found[found["year"] == year]
    if found.empty:
        return
    rows = pd.DataFrame(
        {
            "at": [moment(at) for at in found["at"]],
            "by": found["by"],
            "what": [say(f"planning.log_{what}") for what in found["what"]],
            "version": [version_named(str(one)) for one in found["version"]],
            "reason": [one if isinstance(one, str) else None for one in found["reason"]],
            "total": found["total"].astype(object),
            "file": [one if isinstance(one, str) else None for one in found["file"]],
        }
    )
    columns = [
        Column("at", say("history.at")),
        Column("by", say("history.by")),
        Column("what", say("history.kind")),
        Column("version", say("planning.version")),
        Column("reason", say("planning.reason"), width=_REASON_WIDTH),
        Column("total", say("planning.log_total"), "money"),
        Column("file", say("planning.log_file")),
    ]
    with st.expander(say("planning.log", count=len(rows))):
        alt, name = say("planning.log_alt"), say("planning.log_name")
        tables.show(rows, columns, "plan_log", alt, (), name)
