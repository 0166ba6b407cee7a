"""Tax: which side pages show first, rates by product and category, and which lines got which."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.domain.errors import ChanplanError
from chanplan.domain.scope import TAX_VIEWS
from chanplan.ui.company import asked, listing, sheet
from chanplan.ui.company.cells import days, texts
from chanplan.ui.company.sheet import Cell, Sheet
from chanplan.ui.session import say, workspace
from chanplan.workspace import ruling

_TABLE = "tax_rates"
_UNSAID = "unsaid"
# Categories and products without a rate that are proposed at once.
MOST_LACKING = 30


def show() -> None:
    """The setting, the table of rates, and what lines got."""
    _setting()
    st.header(say("company.rates"), anchor=False)
    st.markdown(say("company.rates_how"))
    sheet.show(_sheet())
    _one_sided()
    _rated()


def _setting() -> None:
    """Which side of the tax pages, commands and downloads show where nobody asks for one."""
    said = workspace().company.said.tax or _UNSAID
    shown = {view: say(f"tax.{view}") for view in TAX_VIEWS} | {_UNSAID: say("company.unsaid")}
    with st.form("company_tax", border=True):
        key = f"company_tax_{workspace().version}"
        st.radio(
            say("company.tax_setting"),
            list(shown),
            index=list(shown).index(said),
            format_func=shown.__getitem__,
            key=key,
            horizontal=True,
            help=say("company.tax_setting_help"),
        )
        st.text_input(say("company.reason"), key=f"{key}_reason", max_chars=200,
                      placeholder=say("company.reason_hint"))  # fmt: skip
        st.form_submit_button(
            say("company.save_setting"), icon=":material/save:", on_click=_set, args=(key,)
        )


def _set(key: str) -> None:
    chosen = str(st.session_state[key])
    reason = " ".join(str(st.session_state.get(f"{key}_reason") or "").split()) or None
    try:
        workspace().company.say("tax", None if chosen == _UNSAID else chosen, reason)
    except ChanplanError as fault:
        sheet.refused(fault)
        return
    side = say("company.unsaid") if chosen == _UNSAID else say(f"tax.{chosen}")
    sheet.did(say("company.tax_set", side=side))


def _sheet() -> Sheet:
    cells = [
        Cell("product", say("company.product"), width=150),
        Cell("category", say("company.category"), width=150),
        Cell("rate", say("company.rate"), "rate", help=say("company.rate_help"), width=90),
        Cell("valid_from", say("company.valid_from"), "date", help=say("company.ever"), width=130),
        Cell("reason", say("company.grounds")),
    ]
    return Sheet(_TABLE, cells, _rows, [("product", "category"), ("rate",)],
                 ("product", "category"), proposed=_proposed)  # fmt: skip


def _rows() -> pd.DataFrame:
    found = ruling.said(workspace().store, _TABLE)
    return found.assign(
        rate=[_percent(value) for value in found["rate"]],
        valid_from=days(found["valid_from"]),
        **{name: texts(found[name]) for name in ("product", "category", "reason")},
    )


def _proposed() -> pd.DataFrame:
    """Rates that the table of products tells, and what has none, of what is not said yet."""
    space = workspace()
    said = ruling.said(space.store, _TABLE)
    known = {*texts(said["product"]), *texts(said["category"])} - {None}
    told = ruling.listed_rates(space.store).assign(reason=say("company.from_products"))
    told["rate"] = [_percent(rate) for rate in told["rate"]]
    lacking = asked.one_sided()[["product", "category"]].head(MOST_LACKING)
    rows = pd.concat([told, lacking.assign(reason=None)], ignore_index=True)
    rows = rows.drop_duplicates(["product", "category"])
    names = rows["product"].where(rows["product"].notna(), rows["category"])
    return rows[~names.isin(known)]


def _percent(rate: Decimal) -> str:
    return f"{format((rate * 100).normalize(), 'f')}%"


def _one_sided() -> None:
    """What has one side only, for want of a rate."""
    found = asked.one_sided()
    if found.empty:
        return
    st.subheader(say("company.one_sided", count=len(found)), anchor=False)
    listing.show(found, "one_sided", "company.one_sided_alt", "category product lines amount")


def _rated() -> None:
    """Which lines got which rate, and by what."""
    found = asked.rated()
    if found.empty:
        return
    st.subheader(say("company.rated"), anchor=False)
    shown = found.assign(by_what=[say(f"company.by_{one}") for one in found["by_what"]])
    listing.show(shown, "rated", "company.rated", "by_what member rate lines with_tax without_tax")
