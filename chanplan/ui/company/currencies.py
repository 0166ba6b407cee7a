"""Foreign money: at which rates it is told in the company's, what lacks one, what rates make."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from chanplan.domain.company import CURRENT, constant_month
from chanplan.domain.scope import TaxView
from chanplan.ui import session, tables
from chanplan.ui.company import deciding, sheet
from chanplan.ui.company.cells import texts
from chanplan.ui.company.sheet import Cell, Sheet
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.workspace import foreign

KEYS = ("fx",)
_TABLE = "exchange_rates"


def show() -> None:
    """What holds, the setting, the table of rates, what lacks one, and what rates make."""
    space = workspace()
    rates, used = session.worked_out(_rates), session.worked_out(_used)
    st.header(_told(used), anchor=False)
    st.markdown(say("company.fx_how", money=space.counting.currency))
    _lacking()
    months = sorted({int(month) for month in rates["month"]}, reverse=True)
    if used and months:
        deciding.stands(KEYS)
        deciding.change({"fx": _setting(months)}, "fx")
    st.header(say("company.fx_rates"), anchor=False)
    sheet.show(_sheet(rates))
    if used and months:
        _effect(months)


def _told(used: Sequence[str]) -> str:
    """What holds today, in one sentence."""
    counting = workspace().counting
    if not used:
        return say("company.fx_none", money=counting.currency)
    month = constant_month(counting.fx)
    names = [plain(one) for one in used]
    if month is None:
        return say("company.fx_current", currencies=names, money=counting.currency)
    return say("company.fx_constant", currencies=names, money=counting.currency,
               month=figures().month(month))  # fmt: skip


def _lacking() -> None:
    write = figures()
    for one in session.worked_out(_lacking_now):
        months = say("company.comma").join(write.month(month) for month in one.months[:12])
        values = {"currency": plain(one.currency), "months": months, "count": one.lines}
        st.warning(say("company.fx_lacking", **values), icon=":material/currency_exchange:")


def _setting(months: Sequence[int]) -> str | None:
    """The word on the rates, as it is to be said."""
    said, version = workspace().company.said.fx, workspace().version
    stands = constant_month(said or CURRENT)
    left, right = st.columns(2)
    options = ("current", "constant")
    names = {code: say(f"company.fx_{code}_option") for code in options}
    with left:
        chosen = st.radio(
            say("company.fx"),
            options,
            index=0 if stands is None else 1,
            format_func=names.__getitem__,
            key=f"company_fx_{version}",
            help=say("company.fx_help"),
        )
    if chosen == "current":
        return CURRENT if said is not None else None
    with right:
        month = st.selectbox(
            say("company.fx_month"),
            months,
            index=months.index(stands) if stands in months else 0,
            format_func=figures().month,
            key=f"company_fx_month_{version}",
        )
    return f"constant:{month}"


def _sheet(rates: pd.DataFrame) -> Sheet:
    shown = rates.assign(
        month=[f"{int(month) // 100}-{int(month) % 100:02d}" for month in rates["month"]],
        rate=[_number(rate) for rate in rates["rate"]],
        per=texts(rates["per"].map(lambda per: None if pd.isna(per) else str(int(per)))),
        reason=texts(rates["reason"]),
    )
    cells = [
        Cell("month", say("company.month"), "month", help=say("company.fx_month_help"), width=110),
        Cell("currency", say("company.fx_currency"), help=say("company.fx_currency_help"),
             width=110),
        Cell("rate", say("company.fx_rate", money=workspace().counting.currency), "number",
             help=say("company.fx_rate_help"), width=150),
        Cell("per", say("company.fx_per"), "number", help=say("company.fx_per_help"), width=120),
        Cell("reason", say("company.grounds")),
    ]  # fmt: skip
    needs = [("month",), ("currency",), ("rate",)]
    return Sheet(_TABLE, cells, lambda: shown, needs, ("month", "currency"), dated=False)


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _effect(months: Sequence[int]) -> None:
    """Sales in each other currency, at current and at constant rates, and the difference."""
    write, space = figures(), workspace()
    st.header(say("company.fx_effect"), anchor=False)
    month = constant_month(space.counting.fx) or months[-1]
    month = st.selectbox(
        say("company.fx_against"),
        months,
        index=months.index(month) if month in months else 0,
        format_func=write.month,
        key="company_fx_against",
    )
    tax = foreign.side(space)
    found = session.worked_out(_effect_of, month, tax)
    st.markdown(_effect_told(found, month))
    shown = found.assign(
        basis=[say(f"basis.{one}") for one in found["basis"]],
        currency=[plain(one) for one in found["currency"]],
    )
    columns = [
        *([Column("basis", say("basis.label"))] if found["basis"].nunique() > 1 else []),
        Column("currency", say("company.fx_currency")),
        Column("own", say("company.fx_own", tax=say(f"tax.{tax}")), "price"),
        Column("current", say("company.fx_at_current", money=space.counting.currency), "price"),
        Column("constant", say("company.fx_at_constant", month=write.month(month)), "price"),
        Column("effect", say("company.fx_difference"), "price", signed=True),
        Column("lacking", say("company.fx_months_lacking"), "count"),
    ]
    tables.show(shown, columns, "company_fx_effect", say("company.fx_effect_alt"), (),
                say("company.fx_effect_file"))  # fmt: skip


def _rates() -> pd.DataFrame:
    return foreign.rates(workspace())


def _used() -> list[str]:
    return foreign.used(workspace())


def _lacking_now() -> list[foreign.Lacking]:
    return foreign.lacking(workspace())


def _effect_of(month: int, tax: TaxView) -> pd.DataFrame:
    return foreign.effect(workspace(), month, tax)


def _effect_told(found: pd.DataFrame, month: int) -> str:
    """The sum over currencies, where there is one basis and every part is told."""
    write = figures()
    parts = list(found["effect"])
    told = found["basis"].nunique() == 1 and not any(pd.isna(part) for part in parts)
    if not told:
        return say("company.fx_effect_open", month=write.month(month))
    total = sum(parts, Decimal(0))
    return say("company.fx_effect_told", month=write.month(month), total=write.exact(total),
               current=write.exact(sum(found["current"], Decimal(0))))  # fmt: skip
