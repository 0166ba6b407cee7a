"""Why two names may mean one thing, in one sentence."""

from __future__ import annotations

from typing import Protocol

from chanplan.language.scale import Language
from chanplan.language.words import text


class Likeness(Protocol):
    """What a suggestion says for itself, and against."""

    @property
    def evidence(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...
    @property
    def likeness(self) -> float: ...
    @property
    def together(self) -> tuple[str, ...]: ...


def why(one: Likeness, language: Language) -> str:
    """只差“有限公司”；但来源 ERP 同时有这两个名称。"""
    said = text(
        language, f"likeness.{one.evidence}", words=one.words, likeness=f"{one.likeness:.0%}"
    )
    if not one.together:
        return said
    return text(language, "likeness.but", said=said, sources=one.together)
