"""What the page of fit knows at one level: asked for, judged, and kept to the page's filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic, cells, fit, fit_judging
from chanplan.analysis import white_space as spaces
from chanplan.domain.scope import Scope
from chanplan.ui import session
from chanplan.ui.view import View

LEVELS: tuple[fit.Level, ...] = ("category", "product")
# Rows and columns of the map that a reader takes in; on a phone more columns leave no room
# for a number.
MOST_ROWS, MOST_COLUMNS = 15, 10


@dataclass(frozen=True)
class Found:
    """What the page knows at one level: `fit_judging.judged`, the months' indices, white space
    (`white_space.white_space`), and the whole sales; without what the filters leave out."""

    level: fit.Level
    table: pd.DataFrame
    monthly: fit_judging.Monthly
    spaces: pd.DataFrame
    whole: Decimal


def levels() -> list[fit.Level]:
    """Of category and product, those that files tell of."""
    return [level for level in LEVELS if session.members(level)]


def find(view: View, level: fit.Level) -> Found:
    """Ask for the cells, then for the months of those of most money, and judge; kept to the
    page's filters."""
    found = session.worked_out(_found, fit.everyone(view.scope), level)
    kept = [_kept(view, frame, level) for frame in (found.table, found.spaces)]
    return replace(found, table=kept[0], spaces=kept[1])


def _found(scope: Scope, level: fit.Level) -> Found:
    ask = session.ask
    channels = ask(fit.channels_query(scope))
    items = fit.worth_a_look(ask(fit.items_query(scope, level)), channels, level, MOST_ROWS)
    if not items:
        return _nothing(level)
    sold = ask(fit.cells_query(scope, level, items))
    table = fit.indices(sold, channels, level)
    judged = fit.to_judge(table, items[:MOST_ROWS])
    of_items, of_channels = fit_judging.queries(scope, level, judged)
    monthly = fit_judging.monthly_indices(ask(of_items), ask(of_channels), level)
    table = fit_judging.judged(table, monthly, scope.period)
    white = spaces.white_space(table, _mixes(scope, level, sold), _homes(scope, level, items))
    whole = arithmetic.total(cells.cells(channels, fit.CHANNEL).values()) or Decimal(0)
    return Found(level, table, monthly, white, whole)


def _nothing(level: fit.Level) -> Found:
    empty = cells.table(fit.COLUMNS, []), cells.table(spaces.COLUMNS, [])
    return Found(level, empty[0], {}, empty[1], Decimal(0))


def _mixes(scope: Scope, level: str, sold: pd.DataFrame) -> dict[str, dict[str | None, Decimal]]:
    """Channel → category (product, where no file tells categories) → net sales."""
    by = "category" if session.members("category") else level
    frame = sold if by == level else _of_categories(scope)
    mixes: dict[str, dict[str | None, Decimal]] = {}
    for (channel, name), value in cells.cells(frame, fit.CHANNEL, by).items():
        if channel is not None:
            mixes.setdefault(channel, {})[name] = value
    return mixes


def _of_categories(scope: Scope) -> pd.DataFrame:
    items = session.ask(fit.items_query(scope, "category"))
    names = cells.by_size(cells.cells(items, "category"))
    return session.ask(fit.cells_query(scope, "category", names))


def _homes(scope: Scope, level: str, items: Sequence[str]) -> dict[str, str | None]:
    """Item → the category left out when its channels are compared: its own."""
    if level == "category" or not session.members("category"):
        return {item: item for item in items}
    frame = session.ask(fit.homes_query(scope, items))
    return dict(list(cells.cells(frame, "product", "category")))


def _kept(view: View, frame: pd.DataFrame, level: str) -> pd.DataFrame:
    """Only what the page's filters on channel and item keep."""
    where = dict(view.scope.where)
    for column, name in (("channel", fit.CHANNEL), ("item", level)):
        if name in where:
            frame = frame[frame[column].isin(where[name])]
    return frame.reset_index(drop=True)
