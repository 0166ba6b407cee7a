"""The page of the month's end: what is left, ticked off and taken back, and the message to send."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.language import text
from chanplan.reports import month_report
from chanplan.reports.month_report import Month
from chanplan.workspace import Workspace
from tests.pages import states
from tests.pages.conftest import Open

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return states.laid(tmp_path_factory.mktemp("month"), states.years())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_on_the_newest_month_with_its_steps(open_page: Open, two_years: Path, lang: str):
    app = open_page(two_years, "month", lang)
    assert not app.exception
    month = {"zh": "2024年12月", "en": "Dec 2024"}[lang]
    assert app.header[0].value.startswith(month)
    steps = [
        one.value for one in app.markdown if f". {text(lang, 'month.step_close')}**" in one.value
    ]
    assert len(steps) == 1
    assert (
        app.code[0]
        .value.splitlines()[0]
        .startswith(
            text(lang, "month.message_title", month=month, state=text(lang, "month.is_open"))
        )
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_store_is_told_what_the_page_will_do(open_page: Open, tmp_path: Path, lang: str):
    app = open_page(tmp_path, "month", lang)
    assert not app.exception
    assert text(lang, "month.empty") in [one.value for one in app.markdown]


def test_a_step_is_ticked_off_with_a_word_and_taken_back(open_page: Open, tmp_path: Path):
    states.laid(tmp_path, states.years())
    app = open_page(tmp_path, "month", "zh")
    app.text_input(key="note_send").set_value("发给老板").run()
    app.button(key="tick_send").click().run()
    assert not app.exception
    assert any("发给老板" in one.value for one in app.markdown)
    app.button(key="untick_send").click().run()
    assert not any("发给老板" in one.value for one in app.markdown)
    assert app.button(key="tick_send")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_holds_the_message_and_a_sheet_of_members_that_sum_to_the_month(
    two_years: Path, lang: str
):
    scope = Scope(Period(202412, 202412))
    with Workspace.open(two_years) as space:
        made = month_report.workbook(space, Month(scope, "last_year", "open"), lang)
        [whole] = space.ask(month_report.overview.query(scope)).frame["net_sales"]
    book = load_workbook(BytesIO(made))
    assert book.sheetnames[0] == text(lang, "month.summary")
    channel = {"zh": "渠道", "en": "Channel"}[lang]
    sold = [row[1] for row in book[channel].iter_rows(min_row=2, values_only=True)]
    assert len(sold) == 3
    assert sum(sold) == pytest.approx(float(whole))
