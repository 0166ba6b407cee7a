"""Why a column was taken for a field, in one sentence: its heading, and what its cells say."""

from __future__ import annotations

from typing import Protocol

from chanplan.language.scale import Language
from chanplan.language.words import has, text


class Ground(Protocol):
    """What recognition says of a column it took."""

    @property
    def header(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def share(self) -> float | None: ...


def grounds(one: Ground, kind: str, language: Language) -> str:
    """“买家实际支付金额”是已知名称；100% 的值读得成金额。"""
    key = f"grounds.{one.reason}"
    said = text(language, key if has(key) else "grounds.other", header=one.header)
    if one.share is None:
        return said
    share = f"{one.share:.0%}" if one.share in (0, 1) else f"{one.share:.1%}"
    values = text(language, "grounds.share", share=share, kind=text(language, f"kinds.{kind}"))
    return text(language, "grounds.both", said=said, values=values)
