"""The same said as a file: its template, and the door to the page of imports."""

from __future__ import annotations

import streamlit as st

from chanplan.domain.tables import table
from chanplan.reports import templates
from chanplan.ui import navigation
from chanplan.ui.session import language, say


def offered(name: str) -> None:
    """The template of a table, and where to upload it."""
    reader, declared = language(), table(name)
    st.subheader(say("organisation.upload"), anchor=False)
    st.caption(say("organisation.upload_says", table=templates.title(declared, reader)))
    with st.container(horizontal=True):
        st.download_button(
            say("organisation.template"),
            lambda: templates.template(name, reader),
            templates.file_name(name, reader),
            key=f"org_template_{name}",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )
        st.page_link(
            navigation.path(navigation.IMPORTS),
            label=say("organisation.to_imports"),
            icon=":material/upload_file:",
        )
