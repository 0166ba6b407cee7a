"""Every page in every state: no error, and an honest word where a question has no answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chanplan.language import text
from tests.pages import states
from tests.pages.conftest import Open

PAGES = (
    "overview",
    "channels",
    "products",
    "fit",
    "concentration",
    "profit",
    "targets",
    "flows",
    "pivot",
    "data",
)
STATES = (*states.MADE, "real file")
# A value that nobody has put into words.
_UNSAID = re.compile(r"\bnan\b|\bNone\b(?!:)|\{")
# What must be said where the state leaves a page without its answer, up to its first figure.
SAID = {
    ("all returns", "overview"): "findings.negative_total",
    ("all returns", "flows"): "flows.no_customers",
    ("no customers", "flows"): "flows.no_customers",
    ("one channel", "fit"): "findings.fit_one_channel",
    ("one channel", "flows"): "flows.one_channel",
    ("one month", "channels"): "bridge.no_comparison",
    ("one month", "products"): "bridge.no_comparison",
    ("one month", "overview"): "movers.no_comparison",
    ("one month", "flows"): "flows.unknown",
    ("one month", "fit"): "findings.fit_short",
    **{(state, "profit"): "profit.no_costs" for state in STATES},
    **{(state, "targets"): "targets.none" for state in STATES},
}


@pytest.fixture(scope="module")
def home_of(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], Path]:
    """State → its store, laid when it is first asked for."""
    laid: dict[str, Path] = {}

    def of(state: str) -> Path:
        if state not in laid:
            home = tmp_path_factory.mktemp("state")
            if state == "real file":
                laid[state] = states.real_file(home, request.getfixturevalue("shared"))
            else:
                laid[state] = states.MADE[state](home)
        return laid[state]

    return of


@pytest.mark.parametrize("state", STATES)
def test_no_page_errs_and_each_says_what_it_cannot_tell(
    open_page: Open, home_of: Callable[[str], Path], state: str
) -> None:
    """All pairs of state and page; languages by turns, so that each meets every page."""
    turn = STATES.index(state)
    for at, lang in enumerate(("zh", "en")):
        app = open_page(home_of(state), "overview", lang)
        for page in PAGES[(turn + at) % 2 :: 2]:
            app.switch_page(f"pages/{page}.py").run()
            _is_well(app, state, page, lang)


def _is_well(app: AppTest, state: str, page: str, lang: str) -> None:
    shown = [*app.header, *app.markdown, *app.caption, *app.info, *app.warning]
    told = "\n".join(str(each.value) for each in shown)
    assert not app.exception and not app.error, (state, page, lang)
    assert app.title[0].value == text(lang, f"{page}.title")
    assert not _UNSAID.search(told), (state, page, told)
    if (state, page) in SAID:
        assert _begins(lang, SAID[state, page]) in told, (state, page, told)


def _begins(lang: str, key: str) -> str:
    """A sentence up to the first figure it is filled with."""
    names = ("months", "rate", "floor", "dimension", "member", "value", "count", "level")
    sentence = text(lang, key, **dict.fromkeys(names, "\0"))
    return max(sentence.split("\0"), key=len)
