"""The list of pages, in the order of the sidebar; a new page is one line here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from chanplan.ui import session
from chanplan.ui.session import say

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_ICON = Path(__file__).with_name("icon.svg")
OVERVIEW = "overview"
IMPORTS = "imports"
# Under which an address names the month that is being closed.
MONTH_KEY = "closing"
# Section → page → icon. Material icons come with Streamlit; nothing is fetched from outside.
SECTIONS = {
    "analysis": {
        OVERVIEW: ":material/monitoring:",
        "channels": ":material/account_tree:",
        "products": ":material/inventory_2:",
        "fit": ":material/grid_on:",
        "concentration": ":material/donut_large:",
        "profit": ":material/savings:",
        "flows": ":material/sync_alt:",
        "pivot": ":material/pivot_table_chart:",
    },
    "customers": {
        "segments": ":material/groups:",
        "clusters": ":material/bubble_chart:",
        "retention": ":material/favorite:",
        "care": ":material/call:",
        "customer": ":material/person:",
    },
    "plans": {
        "planning": ":material/flag:",
        "targets": ":material/track_changes:",
    },
    "closing": {
        "month": ":material/event_available:",
        "reconcile": ":material/balance:",
        "company": ":material/rule_settings:",
        "organisation": ":material/lan:",
    },
    "material": {
        IMPORTS: ":material/upload_file:",
        "data": ":material/database:",
        "names": ":material/link:",
        "glossary": ":material/menu_book:",
    },
}


def settle_window() -> None:
    """Title and icon of the browser's window, before anything else in every run.

    A picture of our own: a material icon would be fetched from outside, and for an emoji
    Streamlit loads the list of all of them.
    """
    st.set_page_config(page_title="chanplan", page_icon=_ICON, layout="wide")


def all_pages() -> dict[str, list[StreamlitPage]]:
    """Every page under its section, titled in the reader's language."""
    return {
        say(f"sections.{section}"): [_page(name, icon) for name, icon in pages.items()]
        for section, pages in SECTIONS.items()
    }


def page() -> StreamlitPage:
    """The page asked for. On the first screen of an empty store there is no list of pages:
    its two doors are all there is to understand."""
    first_screen = urlsplit(st.context.url or "").path in ("", "/") and not session.has_data()
    # Expanded: past a dozen pages Streamlit would hide the rest behind a word of its own.
    return st.navigation(
        all_pages(), position="hidden" if first_screen else "sidebar", expanded=True
    )


def names() -> set[str]:
    """Every page there is."""
    return {name for pages in SECTIONS.values() for name in pages}


def path(name: str) -> str:
    """The file of a page, as Streamlit's links name it."""
    return f"pages/{name}.py"


def link(name: str) -> None:
    """A link to a page by its own name and icon."""
    icon = next(pages[name] for pages in SECTIONS.values() if name in pages)
    st.page_link(path(name), label=say(f"{name}.title"), icon=icon)


def _page(name: str, icon: str) -> StreamlitPage:
    return st.Page(
        path(name),
        title=say(f"{name}.title"),
        icon=icon,
        url_path=name,
        default=name == OVERVIEW,
        help=say(f"{name}.help"),
    )
