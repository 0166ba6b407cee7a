"""A deed that has moved a closed month, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chanplan.language import Language, text
from chanplan.language.months import month_label


def part_named(part: Mapping[Any, Any], language: Language) -> str:
    """What a part of a change is: `Difference.parts` has its columns."""
    file = part["file"] or "—"
    to_month = part.get("to_month")
    month = month_label(int(to_month), language) if to_month else ""
    code = f"closing.part_{part['code']}"
    if part["code"] in ("names", "attributes", "authority", "items", "told_anew") and part["file"]:
        code += "_file"
    return text(language, code, file=file, month=month)
