"""What lies in the store, as the finding the Data page opens with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from chanplan.analysis.story import Finding
from chanplan.domain.period import MONTHS_A_YEAR, ordinal

SALES = "sales"
ROWS = ("rows_file", "rows_loaded", "rows_set_aside", "rows_skipped")


def stocktaking(batches: pd.DataFrame) -> tuple[Finding, ...]:
    """In: one row per import (`Workspace.imports.all`), at least one. Out: `all_loaded`, or
    `some_set_aside` where rows were kept back (rows of files = loaded + set aside + skipped);
    then `months_covered` (or `month_covered`) where sales count, and `some_off` where imports
    do not count."""
    files = batches[batches["repairs"].isna()]
    rows = {name: Decimal(int(files[name].sum())) for name in ROWS}
    back = _mended(batches)
    rows |= {"rows_loaded": rows["rows_loaded"] + back}
    rows |= {"rows_set_aside": max(rows["rows_set_aside"] - back, Decimal(0))}
    told = {"files": Decimal(files["sha256"].nunique())}
    code = "some_set_aside" if rows["rows_set_aside"] else "all_loaded"
    return (Finding(code, told | rows), *_covered(batches), *_off(batches))


def far_off(months: Sequence[int], first: int, last: int) -> bool:
    """Whether a file's months lie more than a year before or after all that is covered: of
    another year, or with its year misread."""
    if not months:
        return False
    before = ordinal(first) - ordinal(max(months))
    after = ordinal(min(months)) - ordinal(last)
    return max(before, after) > MONTHS_A_YEAR


def _mended(batches: pd.DataFrame) -> Decimal:
    """Rows that were set aside and have come back: of several mendings the newest speaks."""
    mends = batches[batches["repairs"].notna() & batches["active"].astype(bool)]
    newest = mends.sort_values("batch").drop_duplicates("repairs", keep="last")
    return Decimal(int(newest["rows_loaded"].sum()))


def _covered(batches: pd.DataFrame) -> list[Finding]:
    sales = batches[(batches["table"] == SALES) & batches["active"]]
    sales = sales[sales["first_month"].notna()]
    if sales.empty:
        return []
    first, last = int(sales["first_month"].min()), int(sales["last_month"].max())
    if first == last:
        return [Finding("month_covered", {"month": first})]
    return [Finding("months_covered", {"first": first, "last": last})]


def _off(batches: pd.DataFrame) -> list[Finding]:
    count = int((~batches["active"].astype(bool)).sum())
    return [Finding("some_off", {"count": count})] if count else []
