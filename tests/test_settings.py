"""Settings come from the environment, and a bad one is told."""

from pathlib import Path

import pytest

from chanplan.domain.errors import BadSettingError
from chanplan.settings import DEFAULT_HOME, from_environment


def test_nothing_said_is_every_default():
    settings = from_environment({})
    assert settings.home == DEFAULT_HOME
    assert (settings.fiscal_year_start_month, settings.cut_off_day) == (1, None)


def test_what_is_said_counts():
    told = {"CHANPLAN_HOME": "somewhere", "CHANPLAN_FISCAL_YEAR_START_MONTH": "4"}
    settings = from_environment({**told, "CHANPLAN_CUT_OFF_DAY": " 25 "})
    assert settings.home == Path("somewhere")
    assert (settings.fiscal_year_start_month, settings.cut_off_day) == (4, 25)


@pytest.mark.parametrize("value", ["0", "13", "-1", "april", "1.5"])
def test_an_impossible_month_is_told(value):
    with pytest.raises(BadSettingError):
        from_environment({"CHANPLAN_FISCAL_YEAR_START_MONTH": value})


def test_a_currency_has_three_letters():
    assert from_environment({}).currency == "CNY"
    assert from_environment({"CHANPLAN_CURRENCY": " usd "}).currency == "USD"
    with pytest.raises(BadSettingError):
        from_environment({"CHANPLAN_CURRENCY": "dollars"})
