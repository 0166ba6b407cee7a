"""Where files come from: dropped on the page, a whole folder, or the inbox on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from chanplan.settings import MIB
from chanplan.ui import uploader
from chanplan.ui.imports import desk
from chanplan.ui.imports.desk import Arrival
from chanplan.ui.plain import plain
from chanplan.ui.session import say, settings

SUFFIXES = (
    *("csv", "tsv", "txt", "gz", "zip"),
    *("xlsx", "xls", "xlsm", "xlsb", "ods", "html", "htm", "xml"),
    *("parquet", "pq"),
)
# Beside the program, so that a person finds it: files too large for a browser go there.
INBOX = Path(__file__).resolve().parents[3] / "data" / "inbox"
_INBOX_CHOSEN = "import_inbox"


def arrivals() -> list[Arrival]:
    """Every file given so far and not withdrawn."""
    folder = st.toggle(say("imports.folder"), key="import_folder", help=say("imports.folder_help"))
    key = f"import_uploads_{desk.round_number()}_{folder}"
    if key not in st.session_state:
        desk.fresh_uploader()
    most = settings().limits.upload_bytes // MIB
    uploads = st.file_uploader(
        say("imports.drop"),
        type=list(SUFFIXES),
        accept_multiple_files="directory" if folder else True,
        key=key,
        help=say("imports.drop_help", most=most),
    )
    uploader.speak(
        say("imports.drop_button"),
        say("imports.drop_limits", most=most),
        say("imports.drop_refused", most=most),
    )
    given = [Arrival(upload.file_id, upload.name, upload) for upload in uploads]
    return [*given, *_from_inbox()]


def inbox() -> None:
    """Below the desk: the folder for files too large for a browser, and what lies in it."""
    files, chosen = _inbox_files(), _chosen()
    with st.expander(say("imports.inbox", count=len(files))):
        st.caption(say("imports.inbox_help", most=settings().limits.upload_bytes // MIB))
        st.code(str(INBOX), language=None)
        st.button(say("imports.inbox_look"), icon=":material/refresh:", key="inbox_look")
        for file in files:
            _inbox_row(file, chosen)


def release(keys: Iterable[str]) -> None:
    """Files of the inbox that have been dealt with are no longer chosen."""
    chosen = _chosen()
    chosen[:] = [key for key in chosen if key not in set(keys)]


def _from_inbox() -> list[Arrival]:
    chosen = _chosen()
    found = {_key(file): file for file in _inbox_files()} if chosen else {}
    return [Arrival(key, file.name, file) for key, file in found.items() if key in chosen]


def _chosen() -> list[str]:
    """What has been taken from the inbox."""
    chosen: list[str] = st.session_state.setdefault(_INBOX_CHOSEN, [])
    return chosen


def _inbox_row(file: Path, chosen: list[str]) -> None:
    key = _key(file)
    size = f"{file.stat().st_size / MIB:,.1f} MB"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{plain(file.name)} · {size}", width="stretch")
        if key in chosen:
            st.button(
                say("imports.inbox_drop"), key=f"drop_{key}", on_click=chosen.remove, args=(key,)
            )
        else:
            st.button(
                say("imports.inbox_take"), key=f"take_{key}", on_click=chosen.append, args=(key,)
            )


def _inbox_files() -> list[Path]:
    if not INBOX.is_dir():
        return []
    return sorted(
        file
        for file in INBOX.iterdir()
        if file.is_file() and file.name[0] != "." and file.suffix.lower().lstrip(".") in SUFFIXES
    )


def _key(file: Path) -> str:
    """Another size or time makes another file of the same name."""
    facts = file.stat()
    return f"inbox_{file.name}_{facts.st_size}_{facts.st_mtime_ns}"
