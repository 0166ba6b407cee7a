"""How things are said: words, sentences and figures; only the standard library."""

from chanplan.language.scale import Language
from chanplan.language.sentences import explain
from chanplan.language.words import LANGUAGES, has, of_locale, text

__all__ = ["LANGUAGES", "Language", "explain", "has", "of_locale", "text"]
