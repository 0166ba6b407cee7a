"""What a well-known member is called: as the company calls it, else in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chanplan.plans.wording import declared, form_of

_HAN = re.compile(r"[\u4e00-\u9fff]")


def called(name: str, dimension: str, known: Iterable[str], language: str) -> str:
    """The company's own name for the thing that `name` is known to mean, be it another one; else
    a name of it in the language; else the name itself: 天猫 → Tmall for English readers of a
    company that has neither."""
    names = _names(name, dimension)
    forms = [form_of(one.casefold()) for one in names]
    own = next((one for one in known if form_of(one.casefold()) in forms), None)
    if own is not None:
        return own
    if language == "zh" or not _HAN.search(name):
        return name
    return next((one for one in names if not _HAN.search(one)), name)


def once(names: Iterable[str], dimension: str) -> list[str]:
    """The names without those that mean the same as one before them."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(form_of(_names(name, dimension)[0].casefold()), name)
    return list(kept.values())


def _names(name: str, dimension: str) -> Sequence[str]:
    """All declared names of the thing that goes by this one; the name alone where none is."""
    form = form_of(name.casefold())
    for names in declared()["known"].get(dimension, ()):
        if form in [form_of(one.casefold()) for one in names]:
            return list(names)
    return [name]
