"""What is told of lines by others follows, whatever has changed: files, names, its own words."""

from __future__ import annotations

from collections.abc import Iterable

from chanplan.domain.company import Counting
from chanplan.domain.ports import Writer
from chanplan.store import (
    attributes,
    authority,
    batches,
    care,
    costs,
    counting,
    itemised,
    joining,
    line_types,
    matched,
    moving,
    posting,
    restating,
    rollups,
    targets,
    taxes,
    territory,
    units,
)
from chanplan.store.matched import Moved


class Settling:
    """Brings the lines and all summaries of an open transaction up to date. `settings` says how
    the company counts where it has not said itself."""

    def __init__(self, settings: Counting) -> None:
        self._settings = settings

    def fit(self, writer: Writer, *fresh: int) -> None:
        """Tell freshly loaded sales in the company's terms: both sides of the tax, types of line,
        base units, costs, regions, and their own month (with the cut-off 26–25 the 26th counts
        forward)."""
        taxes.fit(writer, *fresh)
        line_types.fit(writer, *fresh)
        units.convert(writer, *fresh)
        costs.fill(writer, *fresh)
        territory.place(writer, *fresh)
        if (cut_off := counting.cut_off(writer)) is not None:
            ours = f"batch in ({batches.listed(fresh)})"
            writer.run(f"{counting.move(cut_off)} and {ours}")
        itemised.find_twins(writer, *fresh)

    def batches(self, writer: Writer, *changed: int) -> None:
        """After batches' rows are in or their flags have changed: units, rollups, attributes."""
        months: set[int] = set()
        tables = {batch: batches.table(writer, batch) for batch in changed}
        products = "products" in tables.values()
        if products or taxes.TABLE in tables.values():  # says at which rate a line is taxed
            months.update(taxes.refit(writer))
        if products:  # says how many base units a case holds
            months.update(units.reconvert(writer))
        if products or taxes.TABLE in tables.values():
            costs.fill_all(writer)
        if line_types.TABLE in tables.values():  # says what kind of line a line is
            months.update(line_types.refit(writer))
        if "regions" in tables.values():  # says which region a province belongs to
            months.update(territory.place_all(writer))
        if "sources" in tables.values():  # says which source counts
            months.update(batches.all_months(writer))
        if "targets" in tables.values():
            targets.rebuild(writer)
        if care.TABLE in tables.values():
            care.rebuild(writer)
        months.update(*batches.months(writer, *changed).values())
        self.months(writer, months)

    def months(self, writer: Writer, months: Iterable[int]) -> None:
        """Bring all summaries of these months up to date."""
        given_way = restating.rebuild(writer)
        authority.rebuild(writer)
        moved = given_way | joining.rebuild(writer, counting.month_of(counting.cut_off(writer)))
        moved |= counting.exchange_anew(writer, self._settings)
        rollups.rebuild(writer, {*months, *moved})
        attributes.rebuild(writer)
        moving.rebuild(writer)

    def names(self, writer: Writer, moved: Moved) -> None:
        """After names were matched or taken apart: what is told of members by others follows."""
        months = matched.months(writer, moved)
        targets.rebuild(writer)
        if "product" in moved.names and writer.rows("select 1 from products limit 1"):
            months.update(units.reconvert(writer))
            costs.fill_all(writer)
        if "product" in moved.names and taxes.is_told(writer):
            months.update(taxes.refit(writer))
            costs.fill_all(writer)
        months.update(line_types.refit(writer))
        if "province" in moved.names and writer.rows("select 1 from regions limit 1"):
            months.update(territory.place_all(writer))
        self.months(writer, months)

    def words(self, writer: Writer) -> None:
        """After the company or the settings have said how to count: the calendar is laid anew,
        and where months are cut otherwise, or foreign money is told at other rates, the lines
        are told and summed anew."""
        self.as_counted(writer, self.lay_calendar(writer))

    def lay_calendar(self, writer: Writer) -> Counting:
        """Lay the calendar anew; how the company counts."""
        said = counting.told(writer, self._settings)
        counting.lay_calendar(writer, said)
        return said

    def as_counted(self, writer: Writer, said: Counting) -> None:
        """Tell lines by a calendar that has been laid."""
        if counting.cut_off(writer) != said.cut_off_day:
            self._recut(writer, said.cut_off_day)
        elif moved := counting.exchange_anew(writer, self._settings):
            rollups.rebuild(writer, moved)

    def _recut(self, writer: Writer, cut_off_day: int | None) -> None:
        """Months are cut otherwise than the lines were told: every month is told anew."""
        writer.run("update position set cut_off_day = ?", [cut_off_day])
        writer.run(counting.move(cut_off_day))
        posting.apply(writer)
        changed = batches.recount(writer)
        self.months(writer, changed)
