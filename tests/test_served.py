"""The settings with which the app is served: closed to others, and one set of colours."""

from __future__ import annotations

import tomllib

import pytest

from chanplan.charts.palette import HUES
from tests.conftest import ROOT

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_only_this_computer_is_served_and_nothing_is_told_outside() -> None:
    assert SETTINGS["server"]["address"] == "127.0.0.1"
    assert set(SETTINGS["server"]["allowedHosts"]) == {"127.0.0.1", "localhost"}
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_streamlit_draws_in_the_colours_of_the_charts(mode: str) -> None:
    assert tuple(SETTINGS["theme"][mode]["chartCategoricalColors"]) == HUES
