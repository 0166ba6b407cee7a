"""Where the money of a file has gone: what counts as net sales, and what does not and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chanplan.domain.line_types import COUNTED
from chanplan.domain.recipe import Recipe
from chanplan.ingest.load import Counts
from chanplan.workspace.records import Outcome

_NONE = Decimal(0)


@dataclass(frozen=True)
class Account:
    """loaded = counted + apart + off + returned, in the money of the file.

    counted   net sales
    apart     of lines that are no sales by the rules of their status; `apart_rows` of them
    off       refunds in the file's own column that had still to come off its amounts
    returned  what other sheets of the file say was given back
    """

    loaded: Decimal
    counted: Decimal
    apart: Decimal = _NONE
    apart_rows: int = 0
    off: Decimal = _NONE
    returned: Decimal = _NONE

    @property
    def differs(self) -> bool:
        """Whether anything that was loaded does not count as it stands there."""
        return bool(self.apart_rows or self.off or self.returned)


def account(counts: Counts, recipe: Recipe, companions: Iterable[Outcome] = ()) -> Account:
    """Of one file's rows, with what its further sheets give back."""
    apart = [part for kind, part in counts.by_type.items() if kind not in COUNTED]
    within = recipe.formats.get("refund_is") == "within"
    off = counts.refunds.money if counts.refunds and not within else _NONE
    joined = [one.joined for one in companions if one.table == "returns" and one.joined]
    returned = -sum((one.returned for one in joined), _NONE)
    money = sum((part.money for part in apart), _NONE)
    return Account(
        counts.sum_loaded,
        counts.sum_loaded - money - off - returned,
        money,
        sum(part.rows for part in apart),
        off,
        returned,
    )
