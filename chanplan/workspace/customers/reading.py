"""Answers with a row per customer, a million of them: more than a page's question may give.

Money stays a decimal as Arrow has it (16 bytes a cell, `Decimal` when read one by one): a
million Python decimals a column would take hundreds of MB.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from chanplan.questions import Question
from chanplan.questions.compile import compile_question
from chanplan.store import Store


def frame(store: Store, question: Question, overridden: frozenset[str]) -> pd.DataFrame:
    """All rows of a question, in its order; the smallest relation that can answer is read."""
    compiled = next(iter(compile_question(question, overridden, most=None)))
    table: pa.Table = store.arrow(compiled.sql, compiled.values)
    found: pd.DataFrame = table.to_pandas(date_as_object=True, types_mapper=_exact)
    return found


def whole(found: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """The same with these columns as whole numbers."""
    return found.astype(dict.fromkeys(names, "int64"))


def _exact(kind: pa.DataType) -> pd.ArrowDtype | None:
    return pd.ArrowDtype(kind) if pa.types.is_decimal(kind) else None
