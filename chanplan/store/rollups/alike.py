"""What the lines being summed have in common: looking first is cheaper than summing and writing
the same three times over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chanplan.domain.ports import Writer
from chanplan.store.narrow import NOTHING
from chanplan.store.rollups.tables import LOW_HIGH, SIDES, STALE, SUMMED

# Columns that most companies' months have one value of: then nobody needs to group by it.
_OFTEN_ONE = ("source", "basis", "line_type", "unit_low", "currency_low")
# Values told apart to find that out.
_LOOKED_AT = 500


@dataclass(frozen=True)
class Alike:
    """What the lines being summed have in common; nothing of it changes what is summed.

    only   column → SQL of the one value that every line has
    sums   summed column → SQL of its sum where it can be had for less
    usual  summed columns that follow from others in every cell, as rollups/tables.py says
    """

    only: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    usual: frozenset[str] = frozenset()

    def key(self, name: str) -> str:
        """SQL of a column by which lines are grouped."""
        return self.only.get(name, name)

    def keys(self, names: Iterable[str]) -> dict[str, str]:
        """The same for several: column → SQL."""
        return {name: self.key(name) for name in names}


def alike_of(writer: Writer) -> Alike:
    """What the lines of the stale months have in common."""
    only = _only(writer)
    sums, usual = _cheaper(writer)
    for name in LOW_HIGH:  # a line has one unit, told twice
        if f"{name}_low" in only:
            usual |= {f"{name}_high"}
    return Alike(only, sums, frozenset(usual))


def _only(writer: Writer) -> dict[str, str]:
    """Columns with one value in the stale months, and it."""
    found = writer.rows(
        f"select distinct {', '.join(_OFTEN_ONE)} from line_facts where {STALE} limit {_LOOKED_AT}"
    )
    values = dict(zip(_OFTEN_ONE, zip(*found, strict=True), strict=False))
    few = len(found) < _LOOKED_AT
    return {name: _literal(told[0]) for name, told in values.items() if few and len({*told}) == 1}


def _cheaper(writer: Writer) -> tuple[dict[str, str], set[str]]:
    """Sums that follow from others or are of nothing: their SQL, and which of them are what
    they usually are. Most companies state one side of the tax and no list price, and the cost
    of every line or of none."""
    counts = ", ".join(f"count({name})" for name in SUMMED)
    gifts = "count(case when line_type = 'gift' then 1 end)"
    *found, given = writer.rows(f"select {counts}, {gifts} from line_facts where {STALE}")[0]
    count = dict(zip(SUMMED, found, strict=True))
    cheaper = {name: NOTHING for name, lines in count.items() if not lines}
    usual = set()
    for side in SIDES:
        amount, cost = f"amount_{side}", f"cost_{side}"
        # Both are the amount or nothing: as many of them are the same lines.
        for name, of in ((f"costed_{side}", cost), (f"priced_{side}", "base_quantity")):
            if count[name] and count[name] == count[amount]:
                cheaper[name] = f"sum({amount})"
            # Of each cell all lines or none have what it is made from; or there is nothing.
            if not count[amount] or count[of] == 0 or count[name] == count[amount] == count[of]:
                usual.add(name)
        margins = count[f"margin_{side}"]
        if margins and margins == count[amount] == count[cost] and not given:
            cheaper[f"margin_{side}"] = f"(sum({amount}) - sum({cost}))"
            usual.add(f"margin_{side}")
        if not margins and not (count[amount] and count[cost]):
            usual.add(f"margin_{side}")
    return cheaper, usual


def _literal(value: str | None) -> str:
    return NOTHING if value is None else "'" + value.replace("'", "''") + "'"
