"""The page of segments: who carries the sales, who moved, what each buys."""

from __future__ import annotations

from chanplan.ui import population, session, tables
from chanplan.ui.session import say
from chanplan.ui.tables import Column
from chanplan.ui.view import View


def show(view: View) -> None:
    """The page, once a population is chosen."""
    asked = population.at_day(population.asked(view))
    frame = session.workspace().customers.facts(asked).head(1000)
    named = frame.assign(net=[*frame["net"]])
    columns = [Column("customer", population.name(asked.population)), Column("net", "", "money")]
    tables.show(named, columns, "segments_list", say("segments.title"))
