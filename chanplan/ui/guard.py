"""What stands between a fault and a person: the shell on deep links, one sentence on errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from chanplan.domain.errors import ChanplanError, StoreBusyError, StoreFaultError
from chanplan.language import explain
from chanplan.ui import caring, faults, navigation
from chanplan.ui.plain import plain
from chanplan.ui.session import language, say

_SHELL = "_app_shell"


def enter() -> None:
    """Told by app.py just before it runs a page: the shell is there."""
    st.session_state[_SHELL] = True


def guard() -> None:
    """The first line of every page: start over through app.py when it has been passed by.

    Streamlit finds the folder pages/ by itself, so the first deep link after a start runs
    the page alone, without navigation and language.
    """
    if not st.session_state.pop(_SHELL, False):
        navigation.settle_window()
        st.navigation(navigation.all_pages(), position="hidden")
        st.rerun()


@contextmanager
def calm() -> Iterator[None]:
    """Show an error of ours as its sentence, any other as one with a reference to the log."""
    try:
        yield
    except (StoreBusyError, StoreFaultError) as error:
        caring.wait()
        _whole_page(error)
    except ChanplanError as error:
        show(error)
    except Exception:  # noqa: BLE001 - the last line of defence; the log has all of it
        caring.wait()
        st.error(unexpected(), icon=":material/error:")


def show(error: ChanplanError | str) -> None:
    """An error's sentence in the reader's language; of an unforeseen one its place in the log."""
    if isinstance(error, ChanplanError):
        told = plain(explain(error, language()))
    else:
        told = say("errors.unexpected", reference=error)
    st.error(told, icon=":material/error:")


def unexpected() -> str:
    """Log the exception being handled; the sentence that names its place in the log."""
    return say("errors.unexpected", reference=faults.log())


def _whole_page(error: ChanplanError) -> None:
    """Why the store cannot be opened, and what can be done about it here."""
    st.title(say("app.cannot_open"))
    show(error)
    if error.code in caring.REBUILDABLE:
        st.markdown(say("made_anew.rebuild_says"))
    failed = caring.failed()
    if failed is not None:
        show(failed)
    with st.container(horizontal=True):
        if error.code in caring.REBUILDABLE:
            caring.rebuild_button()
        st.button(say("app.try_again"), icon=":material/refresh:")
