"""What is unlike before in a source's next file: told when it comes, never held against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Drift:
    """One difference: a code whose sentence stands in the word files, and its values.

    column_renamed   field, before, now        columns_new, columns_missing   headers
    channels_new     names, count              products_new                   names, count
    price_jump       times, before, now        products_jump                  names, count, times
    month_large      month, amount, times      months_missing                 months
    units_unknown    names, count              currency_changed               before, now

    Months are integers such as 202403; amounts and prices Decimal, prices in base units.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
