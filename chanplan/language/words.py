"""Every word the product says, by key and language, from words/zh.toml and words/en.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chanplan.language.scale import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FILES = Path(__file__).with_name("words")
# What stands between the items of a list inside a sentence.
_LIST = {"zh": "、", "en": ", "}


def text(language: Language, key: str, **values: object) -> str:
    """The sentence under `section.key` with its {placeholders} filled.

    A list among the values is joined as the language joins lists. `{count:file|files}` is the
    first word where the count is 1, else the second. Raises KeyError for a key or a placeholder
    that does not exist: both are faults of ours, found by the tests.
    """
    filled = {name: _said(value, language) for name, value in values.items()}
    return words(language)[key].format_map(filled)


def has(key: str) -> bool:
    """Whether the words know this key (both languages know the same keys)."""
    return key in words("zh")


def of_locale(locale: str | None) -> Language:
    """The language for a browser's locale: Chinese for zh, zh-CN, zh-TW …; else English."""
    return "zh" if (locale or "").lower().startswith("zh") else "en"


@cache
def words(language: Language) -> Mapping[str, str]:
    """`section.key` → sentence."""
    file = _FILES / f"{language}.toml"
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))


def _flat(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


class _Said(str):
    """A value as it is written, which knows the word that goes with it."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if "|" not in form:
            return super().__format__(form)
        one, many = form.split("|", 1)
        return one if self == "1" else many


def _said(value: object, language: Language) -> _Said:
    if isinstance(value, (list, tuple)):
        return _Said(_LIST[language].join(str(item) for item in value))
    return _Said(value)
