"""What every number and every split means, from the catalogue, searchable."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.metrics.catalogue import Dimension, Measure, catalogue
from chanplan.ui import tables
from chanplan.ui.session import language, say
from chanplan.ui.tables import Column


def show() -> None:
    """Search, measures, dimensions."""
    asked = st.text_input(
        say("glossary.search"),
        key="glossary_search",
        icon=":material/search:",
        persist_state="session",
    ).strip()
    measures = [each for each in catalogue().shown() if _fits(asked, _measure_words(each))]
    dimensions = [
        each
        for each in catalogue().dimensions.values()
        if _fits(asked, (each.zh, each.en, each.name))
    ]
    if not measures and not dimensions:
        st.caption(say("glossary.nothing", asked=asked))
        return
    if measures:
        st.header(say("glossary.measures"), anchor=False)
        for measure in measures:
            _measure(measure)
    if dimensions:
        st.header(say("glossary.dimensions"), anchor=False)
        _dimensions(dimensions)


def _measure(measure: Measure) -> None:
    zh = language() == "zh"
    with st.container(border=True, gap="xsmall"):
        other = measure.en if zh else measure.zh
        st.markdown(f"**{measure.zh if zh else measure.en}** :gray[{other}]")
        st.markdown(measure.meaning_zh if zh else measure.meaning_en)
        facts = [say(f"units.{measure.unit}"), say(f"better.{measure.better}")]
        facts.append(say("glossary.additive" if measure.additive else "glossary.not_additive"))
        st.caption(" · ".join(facts) + f" · `{measure.name}`")


def _dimensions(dimensions: list[Dimension]) -> None:
    zh = language() == "zh"
    frame = pd.DataFrame(
        [
            (each.zh if zh else each.en, each.en if zh else each.zh, each.name)
            for each in dimensions
        ],
        columns=["name", "other", "code"],
    )
    columns = [
        Column("name", say("glossary.dimension")),
        Column("other", say("glossary.other_language")),
        Column("code", say("glossary.code")),
    ]
    tables.show(frame, columns, "glossary_dimensions", say("glossary.dimensions_alt"), whole=True)


def _measure_words(measure: Measure) -> tuple[str, ...]:
    return (measure.zh, measure.en, measure.name, measure.meaning_zh, measure.meaning_en)


def _fits(asked: str, words: tuple[str, ...]) -> bool:
    return not asked or any(asked.casefold() in word.casefold() for word in words)
