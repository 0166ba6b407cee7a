"""The tabs of the page of company rules, in their order; a new one is one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chanplan.ui.company import calendar, currencies, line_types, tax, units

# Code → what draws it; its title is the word company.tab_<code>.
TABS: Mapping[str, Callable[[], None]] = {
    "tax": tax.show,
    "units": units.show,
    "line_types": line_types.show,
    "calendar": calendar.show,
    "currencies": currencies.show,
}
