"""Colours can be read and told apart: contrast as WCAG 2.2 measures it, and colour blindness.

Sources: WCAG 2.2, "relative luminance" and "contrast ratio"; G. Machado, M. Oliveira, L. Fernandes
(2009), the matrix of full deuteranopia; B. Ottosson (2020), Oklab, for how far colours lie apart.
"""

from __future__ import annotations

import itertools
import tomllib

import numpy as np
import pytest

from chanplan.charts.palette import DARK, HUES, LIGHT, OTHERS, Look, on
from tests.conftest import ROOT

TEXT, GRAPHICS = 4.5, 3.0
# In Oklab; the hues before these stood 0.024 apart at the least without green cones.
APART, APART_WITHOUT_GREEN, OFF_THE_JUDGES = 0.1, 0.07, 0.07
WITHOUT_GREEN = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
)
CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
CAPTION = 0.6  # how much of the text colour Streamlit gives a caption


def light(colour: str) -> np.ndarray:
    """Red, green and blue as amounts of light, 0 to 1."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, bright = sorted(
        float(light(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)
    )
    return (bright + 0.05) / (dark + 0.05)


def seen(colour: str, without_green: bool = False) -> np.ndarray:
    amounts = light(colour)
    if without_green:
        amounts = np.clip(WITHOUT_GREEN @ amounts, 0, 1)
    return OKLAB @ np.cbrt(CONES @ amounts)


def nearest(pairs: list[tuple[str, str]], without_green: bool = False) -> float:
    return min(
        float(np.linalg.norm(seen(one, without_green) - seen(other, without_green)))
        for one, other in pairs
    )


def mixed(text: str, ground: str, part: float) -> str:
    pairs = ((int(text[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(over * part + under * (1 - part)):02x}" for over, under in pairs)


def test_a_figure_can_be_read_on_every_hue() -> None:
    for hue in HUES:
        assert contrast(on(hue), hue) >= 4.5, hue


def test_the_measure_is_the_standard_s() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_words_on_charts_can_be_read(look: Look) -> None:
    words = {"ink": look.ink, "faint": look.faint, "good": look.good, "bad": look.bad}
    assert {name for name, one in words.items() if contrast(one, look.edge) < TEXT} == set()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_captions_can_be_read(mode: str) -> None:
    theme = THEMES[mode]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], ground) >= TEXT
        assert contrast(mixed(theme["textColor"], ground, CAPTION), ground) >= TEXT
        assert contrast(theme["linkColor"], ground) >= TEXT


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_marks_stand_off_the_page(look: Look) -> None:
    assert {hue for hue in (*HUES, OTHERS) if contrast(hue, look.edge) < GRAPHICS} == set()


def test_hues_are_told_apart() -> None:
    pairs = list(itertools.combinations(HUES, 2))
    assert nearest(pairs) >= APART
    assert nearest(pairs, without_green=True) >= APART_WITHOUT_GREEN


def test_no_hue_looks_like_a_judgement() -> None:
    judges = (LIGHT.good, LIGHT.bad)
    assert nearest([(hue, judge) for hue in HUES for judge in judges]) >= OFF_THE_JUDGES
