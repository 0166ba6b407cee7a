"""Care of the store: where it lies, a backup to take away, and what it should forget."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.domain.tables import table
from chanplan.settings import MIB
from chanplan.ui import caring, guard, session, tables
from chanplan.ui.caring import Forgetting
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace.backing_up import backup_of
from chanplan.workspace.personal import PersonalColumn

_ASKED = "forgetting"
# More than a browser takes comfortably; larger stores are backed up at the command line.
MOST_DOWNLOADED = 1024 * MIB
# Files named one by one before "and n more".
MOST_NAMED = 5


def show() -> None:
    """Closed until somebody looks for it."""
    with st.expander(say("store.title"), key="store_care", on_change="rerun") as box:
        if box.open:
            _place()
            _personal(session.personal())


def told() -> None:
    """What became of a forgetting that this session has asked for."""
    task: Forgetting | None = st.session_state.get(_ASKED)
    if task is None or task.running:
        return
    if task.fault is not None:
        guard.show(task.fault)
    elif task.made is not None:
        code = "store.forgot_batch" if isinstance(task.what, int) else "store.forgot_column"
        values = {"what": plain(task.what), "files": _named(task.made.files)}
        said = say(code, cells=figures().count(task.made.cells), **values)
        if task.made.as_values:
            said = f"{said} {say('commands.forgot_anew', files=_named(task.made.as_values))}"
        st.success(f"{said} {say('commands.forget_backups')}", icon=":material/check_circle:")


def forget_import(row: Mapping[str, Any]) -> None:
    """Beside an opened import: delete it for good, rows and original."""
    with st.popover(say("store.forget_import"), icon=":material/delete_forever:"):
        rows = figures().count(row["rows_loaded"])
        st.markdown(say("store.forget_import_says", file=plain(row["name"]), rows=rows))
        _forget_button(int(row["batch"]))


def _place() -> None:
    """The folder, how much lies in it, and a backup of it."""
    lies = workspace().lies()
    st.markdown(say("store.lies"))
    st.code(lies.home, language=None)
    kept, database = _size(lies.kept), _size(lies.database)
    st.caption(say("store.sizes", files=figures().count(lies.files), kept=kept, database=database))
    if lies.kept > MOST_DOWNLOADED:
        st.markdown(say("store.backup_large"))
        st.code("python -m chanplan backup backup.zip", language=None)
        return
    st.download_button(
        say("store.backup"),
        _backup,
        say("store.backup_file"),
        "application/zip",
        key="backup",
        on_click="ignore",
        icon=":material/archive:",
        help=say("store.backup_help"),
    )


def _backup() -> bytes:
    """The store as one zip file; whoever imports meanwhile waits a moment."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "backup.zip"
        backup_of(workspace(), target)
        return target.read_bytes()


def _personal(found: list[PersonalColumn]) -> None:
    st.markdown(f"**{say('personal.title')}**")
    if not found:
        st.caption(say("personal.none"))
        return
    st.caption(say("personal.says"))
    rows = [(one.heading, _kind(one), _used(one), len(one.files)) for one in found]
    columns = [
        Column("heading", say("personal.heading")),
        Column("kind", say("personal.kind")),
        Column("used", say("personal.used")),
        Column("files", say("personal.files"), "count"),
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns])
    tables.show(frame, columns, "personal", say("personal.alt"))
    names = [one.heading for one in found]
    chosen = st.selectbox(say("personal.choose"), names, key="personal_chosen")
    _forget_column(next(one for one in found if one.heading == chosen))


def _forget_column(one: PersonalColumn) -> None:
    """What goes is said before it can be pressed, and what else goes with it."""
    heading = plain(one.heading)
    with st.popover(say("personal.forget", heading=heading), icon=":material/delete_forever:"):
        st.markdown(say("personal.forget_says", heading=heading, files=_named(one.files)))
        if one.anew:
            st.markdown(say("personal.anew", files=_named(one.anew)))
        st.markdown(
            say("personal.lines_too", fields=_used(one)) if one.fields else say("personal.unused")
        )
        _forget_button(one.heading)


def _forget_button(what: str | int) -> None:
    st.button(
        say("store.forget_go"),
        key=f"forget_{'import' if isinstance(what, int) else 'column'}",
        type="primary",
        on_click=_forget,
        args=(what,),
    )


def _forget(what: str | int) -> None:
    task = Forgetting(what=what)
    st.session_state[_ASKED] = task
    caring.start(task)


def _kind(one: PersonalColumn) -> str:
    return say(f"personal.kind_{one.kind}")


def _used(one: PersonalColumn) -> str:
    """The fields that the column fills, by their names; a dash where it fills none."""
    declared = [table(name).columns[field] for name, field in one.fields]
    names = [each.zh if language() == "zh" else each.en for each in declared]
    return say("crumbs.join").join(names) or "—"


def _named(files: list[str] | tuple[str, ...]) -> str:
    names = [plain(name) for name in dict.fromkeys(files)]
    shown = say("crumbs.join").join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return say("crumbs.more", names=shown, count=more) if more > 0 else shown


def _size(size: int) -> str:
    return f"{size / MIB:,.1f} MB"
