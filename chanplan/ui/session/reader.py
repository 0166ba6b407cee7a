"""Who reads: the language, how figures are written for it, and what it may see whole."""

from __future__ import annotations

from typing import cast

import streamlit as st

from chanplan.language import LANGUAGES, Language, of_locale, text
from chanplan.language.numbers import Formatter
from chanplan.settings import from_environment
from chanplan.ui import address

LANGUAGE_KEY = "lang"
UNMASKED_KEY = "unmasked"


def language() -> Language:
    """From the address (?lang=en), the session, or as usual for this reader."""
    drawn = address.drawn(LANGUAGE_KEY)  # asked a thousand times a page
    return cast(Language, drawn or address.current(LANGUAGE_KEY, LANGUAGES, usual_language()))


def usual_language() -> Language:
    """The one of the settings, else of the browser's locale."""
    wanted = from_environment().language
    return wanted if wanted in LANGUAGES else of_locale(st.context.locale)


def say(key: str, **values: object) -> str:
    """A sentence of the product in the reader's language."""
    return text(language(), key, **values)


def figures() -> Formatter:
    """How figures are written for this reader."""
    return Formatter(language())


def unmasked() -> bool:
    """Whether this reader has asked to see phone numbers, ID numbers and addresses whole."""
    return bool(st.session_state.get(UNMASKED_KEY, False))
