"""Units: how many bottles a case holds, by product; and the units that no table knows."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.ui import figure
from chanplan.ui.company import asked, listing, sheet
from chanplan.ui.company.cells import texts
from chanplan.ui.company.sheet import Cell, Sheet
from chanplan.ui.session import figures, say, workspace
from chanplan.workspace import ruling

_TABLE = "products"
# Rows of the grid; a company's whole list of products is uploaded.
MOST_ROWS = 300
_COLUMNS = ["product", "unit", "case_unit", "units_per_case"]


def show() -> None:
    """What is not known first, then the conversions."""
    unknown = asked.unknown_units()
    _unknown(unknown)
    st.header(say("company.conversions"), anchor=False)
    st.markdown(say("company.conversions_how"))
    sheet.show(_sheet(unknown))


def _unknown(found: pd.DataFrame) -> None:
    if found.empty:
        st.markdown(say("company.units_known"))
        return
    lines = figures().count(int(found["lines"].sum()))
    st.markdown(say("company.units_unknown", products=found["product"].nunique(), lines=lines))
    shown = found.assign(name=[figure.name_of("product", one) for one in found["product"]])
    listing.show(
        shown, "units", "company.units_alt",
        "product name unit base_unit lines quantity amount", unit="company.unit_in_file",
    )  # fmt: skip


def _sheet(unknown: pd.DataFrame) -> Sheet:
    cells = [
        Cell("product", say("company.product"), width=170),
        Cell("unit", say("company.base_unit"), help=say("company.base_unit_help"), width=120),
        Cell("case_unit", say("company.case_unit"), width=120),
        Cell("units_per_case", say("company.units_per_case"), "number", width=140),
    ]
    return Sheet(_TABLE, cells, lambda: _rows(unknown), [("product",), ("unit",)],
                 ("product", "case_unit"), whole=False, dated=False)  # fmt: skip


def _rows(unknown: pd.DataFrame) -> pd.DataFrame:
    """Units that wait for a word, with what is known of them, then the conversions that hold."""
    waiting = pd.DataFrame(
        {
            "product": unknown["product"],
            "unit": unknown["base_unit"],
            "case_unit": unknown["unit"],
            "units_per_case": None,
        }
    )
    found = pd.concat([waiting, ruling.factors(workspace().store)], ignore_index=True)
    found = found.head(MOST_ROWS)[_COLUMNS]
    numbers = [_number(value) for value in found["units_per_case"]]
    return found.assign(
        units_per_case=pd.Series(numbers, index=found.index, dtype=object),
        **{name: texts(found[name]) for name in ("product", "unit", "case_unit")},
    )


def _number(value: object) -> str | None:
    return format(value.normalize(), "f") if isinstance(value, Decimal) else None
