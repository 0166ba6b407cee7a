"""Amounts in whole steps whose sums are exact: along a line, and at every crossing of a grid."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from chanplan.domain.errors import TargetError

ZERO = Decimal(0)
# Digits kept while shares are worked out; money has at most 22.
_DIGITS = 40
# How near the sums must come before they are rounded, in steps, and how often they are drawn to
# their margins before what is missing is moved by hand.
_NEAR, _ROUNDS = Decimal("0.0001"), 200
At = tuple[int, int]


def distributed(
    total: int,
    weights: Sequence[Decimal],
    fixed: Mapping[int, int] | None = None,
    least: Mapping[int, int] | None = None,
) -> list[int]:
    """`total` shared out by weights ≥ 0 in whole steps, by largest remainder (Hamilton).

    fixed  position → what it has, whatever its weight; least: what it has at the least
    Where all weights are 0 the shares are even. Raises TargetError where what is fixed is more
    than the total, or less with nothing left to take the rest.
    """
    held = dict(fixed or {})
    while True:
        free = [at for at in range(len(weights)) if at not in held]
        rest = total - sum(held.values())
        if rest < 0:
            raise TargetError("locked_more_than_total", over=-rest)
        if not free:
            if rest:
                raise TargetError("locked_less_than_total", missing=rest)
            return [held[at] for at in range(len(weights))]
        ideal = _shares(rest, {at: weights[at] for at in free})
        short = {at: (least or {}).get(at, 0) for at in free}
        short = {at: bound for at, bound in short.items() if ideal[at] < bound}
        if not short:
            break
        held |= short
    return [{**held, **_whole(rest, ideal)}[at] for at in range(len(weights))]


def _shares(rest: int, weights: Mapping[int, Decimal]) -> dict[int, Decimal]:
    whole = sum(weights.values(), ZERO)
    with localcontext() as context:
        context.prec = _DIGITS
        if whole <= 0:
            return {at: Decimal(rest) / len(weights) for at in weights}
        return {at: rest * weight / whole for at, weight in weights.items()}


def _whole(rest: int, ideal: Mapping[int, Decimal]) -> dict[int, int]:
    found = {at: int(value) for at, value in ideal.items()}
    left = rest - sum(found.values())
    by_remainder = sorted(ideal, key=lambda at: (found[at] - ideal[at], at))
    for at in by_remainder[:left]:
        found[at] += 1
    return found


@dataclass(frozen=True)
class Margins:
    """What a grid's cells must sum to, and which of them are held.

    rows     the sum of every row; columns: that of the columns which are told
    fixed    (row, column) → what a cell has; least: what it has at the least
    """

    rows: Sequence[int]
    columns: Mapping[int, int] = field(default_factory=dict)
    fixed: Mapping[At, int] = field(default_factory=dict)
    least: Mapping[At, int] = field(default_factory=dict)


def gridded(weights: Sequence[Sequence[Decimal]], margins: Margins) -> list[list[int]]:
    """Cells near to their weights, whole, with every row and every told column summing exactly.

    Weights are drawn to the margins by iterative proportional fitting (Deming, Stephan 1940);
    the fractions that are left go to the largest remainders that both margins admit, and where a
    margin stays open, along a chain of cells (an integral flow, as in controlled rounding:
    Cox 1987). A column that nobody told comes within one step of its fraction where it can.
    Raises TargetError where what is held admits no such grid.
    """
    held = dict(margins.fixed)
    while True:
        ideal = _fitted(weights, margins, held)
        short = {at: bound for at, bound in margins.least.items()
                 if at not in held and ideal[at[0]][at[1]] < bound}  # fmt: skip
        if not short:
            return _Rounding(ideal, margins, held).cells
        held |= short


def _fitted(
    weights: Sequence[Sequence[Decimal]], margins: Margins, held: Mapping[At, int]
) -> list[list[Decimal]]:
    """The cells as fractions: held ones as they are, the others drawn to the margins."""
    height, width = len(margins.rows), len(weights[0])
    rows = [need - sum(held.get((i, j), 0) for j in range(width))
            for i, need in enumerate(margins.rows)]  # fmt: skip
    columns = {j: need - sum(held.get((i, j), 0) for i in range(height))
               for j, need in margins.columns.items()}  # fmt: skip
    free = [[j for j in range(width) if (i, j) not in held] for i in range(height)]
    if min([*rows, *columns.values()], default=0) < 0:
        raise TargetError("locked_more_than_total", over=-min([*rows, *columns.values()]))
    if any(need and not free[i] for i, need in enumerate(rows)):
        raise TargetError("locks_contradict")
    cells = [[Decimal(held.get((i, j), 0)) for j in range(width)] for i in range(height)]
    with localcontext() as context:
        context.prec = _DIGITS
        for i in range(height):
            for j, value in _shares(rows[i], _positive(weights[i], free[i])).items():
                cells[i][j] = value
        for _ in range(_ROUNDS if columns else 0):
            if _draw_columns(cells, columns, free) < _NEAR:
                break
            _draw_rows(cells, rows, free)
    return cells


def _positive(weights: Sequence[Decimal], free: Sequence[int]) -> dict[int, Decimal]:
    """No free cell is shut: it may have to take what a margin asks for, if nothing else can."""
    known = {j: max(weights[j], ZERO) for j in free}
    whole = sum(known.values(), ZERO)
    return {j: value or whole * Decimal("1e-9") for j, value in known.items()}


def _draw_columns(
    cells: list[list[Decimal]], columns: Mapping[int, int], free: Sequence[Sequence[int]]
) -> Decimal:
    """Draw the free cells of each told column to its sum; how far the farthest was off."""
    off = ZERO
    for j, need in columns.items():
        rows = [i for i in range(len(cells)) if j in free[i]]
        has = sum((cells[i][j] for i in rows), ZERO)
        off = max(off, abs(has - need))
        for i in rows if has else ():
            cells[i][j] = cells[i][j] * need / has
    return off


def _draw_rows(
    cells: list[list[Decimal]], rows: Sequence[int], free: Sequence[Sequence[int]]
) -> None:
    for i, need in enumerate(rows):
        has = sum((cells[i][j] for j in free[i]), ZERO)
        for j in free[i] if has else ():
            cells[i][j] = cells[i][j] * need / has


class _Rounding:
    """Fractions on their way to whole cells."""

    def __init__(
        self, ideal: Sequence[Sequence[Decimal]], margins: Margins, held: Mapping[At, int]
    ) -> None:
        self.cells = [[int(value) for value in row] for row in ideal]
        self.least = margins.least
        width = len(ideal[0])
        self.free = [[(i, j) not in held for j in range(width)] for i in range(len(ideal))]
        self.rows = [need - sum(row) for need, row in zip(margins.rows, self.cells, strict=True)]
        self.columns = self._column_needs(ideal, margins)
        self._to_remainders(ideal)
        self._along_chains()
        self._what_is_left(ideal, margins)

    def _column_needs(self, ideal: Sequence[Sequence[Decimal]], margins: Margins) -> list[int]:
        """What each column lacks: told ones to their sum, the others to the nearest that all
        rows together allow."""
        sums = [sum(row[j] for row in self.cells) for j in range(len(ideal[0]))]
        told = {j: need - sums[j] for j, need in margins.columns.items()}
        open_ones = [j for j in range(len(sums)) if j not in told]
        left = max(sum(self.rows) - sum(told.values()), 0)
        fractions = [sum((row[j] for row in ideal), ZERO) - sums[j] for j in open_ones]
        shared = distributed(left, [max(one, ZERO) for one in fractions]) if open_ones else []
        return [{**told, **dict(zip(open_ones, shared, strict=True))}[j] for j in range(len(sums))]

    def _to_remainders(self, ideal: Sequence[Sequence[Decimal]]) -> None:
        """One step to each of the largest remainders while its row and column lack one."""
        ats = [(i, j) for i, row in enumerate(self.free) for j, open_ in enumerate(row) if open_]
        for i, j in sorted(
            ats, key=lambda at: (self.cells[at[0]][at[1]] - ideal[at[0]][at[1]], at)
        ):
            if self.rows[i] > 0 and self.columns[j] > 0 and ideal[i][j] > self.cells[i][j]:
                self._give(i, j, 1)

    def _give(self, i: int, j: int, steps: int) -> None:
        self.cells[i][j] += steps
        self.rows[i] -= steps
        self.columns[j] -= steps

    def _along_chains(self) -> None:
        """What a row still lacks goes to a column that lacks it, by way of other rows' cells."""
        for i in range(len(self.rows)):
            while self.rows[i] > 0 and (chain := self._chain(i)):
                givers = [self._spare(at) for at in chain[1::2]]
                steps = min([self.rows[i], self.columns[chain[-1][1]], *givers])
                for position, (row, column) in enumerate(chain):
                    self.cells[row][column] += steps if position % 2 == 0 else -steps
                self.rows[i] -= steps
                self.columns[chain[-1][1]] -= steps

    def _spare(self, at: At) -> int:
        i, j = at
        return self.cells[i][j] - self.least.get(at, 0) if self.free[i][j] else 0

    def _chain(self, start: int) -> list[At]:
        """Cells that take and give in turn, from a row to a column that lacks something."""
        came: dict[At, At | None] = {(start, j): None for j in range(len(self.columns))
                                     if self.free[start][j]}  # fmt: skip
        seen, queue = {start}, deque(came)
        while queue:
            at = queue.popleft()
            if self.columns[at[1]] > 0:
                return _path(came, at)
            for k in range(len(self.rows)):
                if k in seen or self._spare((k, at[1])) <= 0:
                    continue
                seen.add(k)
                came[k, at[1]] = at
                fresh = [(k, j) for j in range(len(self.columns))
                         if self.free[k][j] and (k, j) not in came]  # fmt: skip
                came |= dict.fromkeys(fresh, (k, at[1]))
                queue.extend(fresh)
        return []

    def _what_is_left(self, ideal: Sequence[Sequence[Decimal]], margins: Margins) -> None:
        """A column that nobody told may be a step off; one that somebody told may not."""
        for i, need in enumerate(self.rows):
            open_ones = [j for j, open_ in enumerate(self.free[i])
                         if open_ and j not in margins.columns]  # fmt: skip
            if need and not open_ones:
                raise TargetError("locks_contradict")
            if need:
                self._give(i, max(open_ones, key=lambda j: ideal[i][j]), need)
        if any(self.columns[j] for j in margins.columns):
            raise TargetError("locks_contradict")


def _path(came: Mapping[At, At | None], at: At) -> list[At]:
    chain, step = [at], came[at]
    while step is not None:
        chain.append(step)
        step = came[step]
    return chain[::-1]
