"""What came of the last deed, kept by the button that did it and told once, where a page begins."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.ui import guard


@dataclass(frozen=True)
class Outcome:
    """The place of a page, by its key, where the outcome of its deeds is told."""

    key: str

    def did(self, sentence: str) -> None:
        """In a callback: it is done, and this is what was done."""
        st.session_state[self.key] = sentence

    def refused(self, fault: ChanplanError) -> None:
        """In a callback: it could not be done, and this is why."""
        st.session_state[self.key] = fault

    def tell(self) -> None:
        """Say it, once; nothing where there is nothing new."""
        told = st.session_state.pop(self.key, None)
        if isinstance(told, ChanplanError):
            guard.show(told)
        elif told is not None:
            st.success(told, icon=":material/check_circle:")
