"""What real exports have around their values: guards, signs of money, wide digits, remarks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def guarded(texts: Iterable[Any]) -> list[str | None]:
    """="TM01": keeps Excel from reading a number."""
    return [None if _absent(text) else f'="{text}"' for text in texts]


def tabbed(texts: Iterable[Any]) -> list[str | None]:
    """The same by a tab behind the text."""
    return [None if _absent(text) else f"{text}\t" for text in texts]


def padded(texts: Iterable[Any], blank: str = " ") -> list[str | None]:
    """Names out of columns of a fixed width."""
    return [None if _absent(text) else f"{text}{blank}" for text in texts]


def signed(amounts: Iterable[Any]) -> list[str]:
    """¥1,234.50, and -¥5.00."""
    return [f"{'-' if amount < 0 else ''}¥{abs(amount):,.2f}" for amount in amounts]


def wide(numbers: Iterable[Any]) -> list[str]:
    """１２３．５０, as an input method for Chinese types it."""
    return [str(number).translate(_WIDE) for number in numbers]


def remarks(rows: int, exported: str) -> tuple[str, ...]:
    """What an export says of itself below its rows; `exported`: when it was made."""
    return (f"导出时间：{exported}", f"共 {rows} 条")


def _absent(text: Any) -> bool:
    return text is None or text != text
