"""A plan after a hand has changed cells of it: what was typed stays, the rest follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from chanplan.plans.splitting import Lock, Node, Split, resplit

ZERO = Decimal(0)
# (leaf, month), or (leaf, None) for its year → what was typed.
Typed = Mapping[tuple[Node, int | None], Decimal]


@dataclass(frozen=True)
class Draft:
    """A plan in the making, and what stays when the rest of it moves."""

    split: Split
    locks: tuple[Lock, ...] = ()

    @property
    def total(self) -> Decimal:
        """The year of everything."""
        return self.split.sum_of()


def typed(draft: Draft, cells: Typed, keep_total: bool = True) -> Draft:
    """The draft with these cells; each of them is locked from now on.

    keep_total  the year stays what it was, and so do the sums of members and months where they
                can: the cells that are not locked make up for it. Else nothing else moves but the
                months of a member whose year was typed.
    Raises TargetError where nothing is left to make up for it, and for a negative amount.
    """
    locks = _with(draft.locks, (_lock(at, amount) for at, amount in cells.items()))
    if keep_total:
        return Draft(resplit(draft.split, draft.total, locks), locks)
    found = dict(draft.split.cells)
    for (leaf, month), amount in cells.items():
        if month is not None:
            found[month, leaf] = amount
    split = Split(draft.split.year, found, draft.split.defaults)
    for leaf, month in cells:
        if month is None:
            split = _year_of(split, leaf, [lock for lock in locks if lock.node == leaf])
    # A sum that only follows needs no total to be held against; locks are checked all the same.
    return Draft(resplit(split, split.sum_of(), locks), locks)


def _year_of(split: Split, leaf: Node, locks: list[Lock]) -> Split:
    own = Split(split.year, {at: value for at, value in split.cells.items() if at[1] == leaf})
    whole = next(lock.amount for lock in locks if not lock.months)
    found = resplit(own, whole, locks)
    return Split(split.year, {**split.cells, **found.cells}, split.defaults)


def _lock(at: tuple[Node, int | None], amount: Decimal) -> Lock:
    leaf, month = at
    return Lock(leaf, amount, () if month is None else (month,))


def _with(locks: Iterable[Lock], fresh: Iterable[Lock]) -> tuple[Lock, ...]:
    """The later word on a node and its months counts."""
    found = {(lock.node, lock.months): lock for lock in (*locks, *fresh)}
    return tuple(found.values())


def held(draft: Draft, leaf: Node) -> Draft:
    """The draft with a member's year locked at what it is."""
    return Draft(draft.split, _with(draft.locks, [Lock(leaf, draft.split.sum_of(leaf))]))


def freed(draft: Draft, kept: Iterable[Lock]) -> Draft:
    """The draft with only these locks; nothing moves."""
    return Draft(draft.split, tuple(kept))


def with_total(draft: Draft, total: Decimal) -> Draft:
    """Another year in the same proportions around what is locked."""
    return Draft(resplit(draft.split, total, draft.locks), draft.locks)
