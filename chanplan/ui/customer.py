"""One customer: what it bought when, its rhythm, products, channels, segments, care and surveys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from chanplan.analysis.customers import one_customer
from chanplan.analysis.customers.facts import Asked
from chanplan.charts import palette, trend
from chanplan.domain.care import Item
from chanplan.ui import address, figure, population, session, tables
from chanplan.ui.care import wording
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say, workspace
from chanplan.ui.tables import Column
from chanplan.ui.view import View

KEY = "customer"
MOST_CHOICES = 300
PICKER_WIDTH = 420
# Quarter ends of the segment path: each asks for the whole population.
MOST_QUARTERS = 8


def show(view: View) -> None:
    """The page, once a population and a customer are chosen."""
    asked = population.at_day(population.asked(view))
    facts = workspace().customers.facts(asked)
    if facts.empty:
        st.info(say("customer.none"))
        return
    customer = _chosen(asked, facts)
    if customer is None:
        st.info(say("customer.not_found"))
        return
    orders = session.worked_out(_orders, asked, customer)
    row = facts[facts["customer"].astype(str) == customer].iloc[0]
    told = one_customer.rhythm(orders, asked.as_of)
    _headline(asked, customer, row, told)
    _months(view, orders)
    left, right = st.columns(2, gap="medium")
    bought = session.worked_out(_purchases, asked, customer)
    with left:
        _shares(bought, "product")
    with right:
        _shares(bought, "channel")
    _path(asked, customer)
    _care(customer, asked)
    _orders_table(orders, told)
    _visits(customer)
    _surveys(customer)


def _chosen(asked: Asked, facts: pd.DataFrame) -> str | None:
    """The customer of the address, of the search, or the largest."""
    every = [str(one) for one in facts["customer"]]
    masks = workspace().customers.masks(asked.dimension)
    codes = {wording.code_of(one): one for one in masks}
    with st.container(horizontal=True, width=2 * PICKER_WIDTH):
        sought = st.text_input(say("customer.search"), key="customer_search").strip().casefold()
        names = session.labels(asked.dimension)
        found = [one for one in every if not sought or sought in one.casefold()
                 or sought in names.get(one, "").casefold()]  # fmt: skip
        wanted = st.query_params.get(KEY) or st.session_state.get(KEY)
        known = codes.get(str(wanted), str(wanted))
        shown = found[:MOST_CHOICES]
        if not sought and known in set(every) and known not in shown:
            shown = [known, *shown]
        if not shown:
            return None
        of = {(wording.code_of(one) if one in masks else one): one for one in shown}
        called = dict(zip(of, figure.names_of(asked.dimension, list(of.values())), strict=True))
        options = list(of)
        return of[address.choice(KEY, options, options[0], population.name(asked.population),
                                 called.__getitem__)]  # fmt: skip


def _headline(asked: Asked, customer: str, row: pd.Series, told: one_customer.Rhythm) -> None:
    write, name = figures(), plain(figure.name_of(asked.dimension, customer))
    values = {
        "name": name, "net": write.money(row["net_year"]), "orders": write.count(row["orders"]),
        "first": write.date(row["first"]), "last": write.date(row["last"]),
        "gap": write.quantity(told.usual), "silence": write.count(told.silence),
        "times": write.quantity(round(told.times, 1)) if told.times is not None else "",
    }  # fmt: skip
    code = "no_rhythm" if told.usual is None else "late" if told.is_late else "steady"
    st.markdown(say(f"customer.head_{code}", **values))


def _months(view: View, orders: pd.DataFrame) -> None:
    months = one_customer.by_month(orders)
    if months.empty:
        return
    best = months.iloc[int(months["net"].astype(float).to_numpy().argmax())]
    title = say("customer.months", month=figures().month(int(best["month"])),
                net=figures().money(best["net"]))  # fmt: skip
    name = say("customer.net")
    drawn = months.assign(
        member=name, is_others=False, value=months["net"], share=None, count=1, total=months["net"]
    )
    said, colours = figure.words(view, "customer"), palette.colours([name])
    chart = trend.columns(drawn, colours, figures(), said, title, figure.look())
    figure.show(chart, "customer_months", title)
    shown = months.assign(month=[figures().month(int(one)) for one in months["month"]])
    columns = [
        Column("month", say("planning.month")),
        Column("net", figure.measure_name("net_sales"), "money"),
        Column("orders", say("customer.orders"), "count"),
    ]
    with st.expander(say("customer.months_table")):
        tables.show(shown, columns, "customer_month_rows", say("customer.months_table"),
                    file_name=say("customer.months_table"))  # fmt: skip


def _shares(bought: pd.DataFrame, by: str) -> None:
    st.header(say(f"customer.by_{by}"), anchor=False)
    rows = one_customer.shares_of(bought, by)
    if rows.empty:
        st.caption(say("customer.nothing"))
        return
    named = rows.assign(name=figure.names_of(by, rows["member"]))
    columns = [
        Column("name", figure.dimension_name(by), width=220),
        Column("net", figure.measure_name("net_sales"), "money"),
        Column("share", say("figures.share"), "rate"),
        Column("last", say("customer.last"), "date"),
    ]
    tables.show(named, columns, f"customer_{by}", say(f"customer.by_{by}"),
                file_name=say(f"customer.by_{by}"))  # fmt: skip


def _path(asked: Asked, customer: str) -> None:
    st.header(say("customer.path"), anchor=False)
    days = [*reversed(population.earlier(asked)[: MOST_QUARTERS - 1]), asked.as_of]
    path = session.worked_out(_segments, asked, customer, tuple(days))
    told = [(day, wording.segment(one)) for day, one in zip(days, path, strict=True) if one]
    if not told:
        st.caption(say("customer.no_path"))
        return
    frame = pd.DataFrame(told, columns=["day", "segment"])
    columns = [
        Column("day", say("customer.day"), "date"),
        Column("segment", say("care_list.segment")),
    ]
    tables.show(frame, columns, "customer_path", say("customer.path"), whole=True,
                file_name=say("customer.path"))  # fmt: skip


def _care(customer: str, asked: Asked) -> None:
    st.header(say("customer.care"), anchor=False)
    items = workspace().customers.care.items(asked.population, customer)
    if not items:
        st.caption(say("customer.no_care"))
        return
    frame = pd.DataFrame([_item(one) for one in items])
    columns = [
        Column("opened", say("care_list.opened"), "date"),
        Column("state", say("care_list.state")),
        Column("owner", say("care_list.owner")),
        Column("due", say("care_list.due"), "date"),
        Column("contacted", say("care_list.contacted"), "date"),
        Column("action", say("care_list.action"), width=220),
        Column("result", say("care_list.result"), width=260),
        Column("by", say("history.by"), hidden=True),
    ]
    tables.show(frame, columns, "customer_care", say("customer.care"), whole=True,
                file_name=say("customer.care"))  # fmt: skip


def _item(one: Item) -> dict[str, object]:
    return {"opened": one.opened, "state": wording.state(one.state), "owner": one.owner,
            "due": one.due, "contacted": one.contacted, "action": one.action,
            "result": one.result, "by": one.said_by}  # fmt: skip


def _orders_table(orders: pd.DataFrame, told: one_customer.Rhythm) -> None:
    with st.expander(say("customer.orders_list", count=len(orders))):
        if told.gaps:
            shown = "、".join(str(gap) for gap in told.gaps[-12:])
            st.caption(say("customer.gaps", gaps=shown))
        named = orders.assign(channel=figure.names_of("channel", orders["channel"]))
        columns = [
            Column("day", say("customer.day"), "date"),
            Column("number", say("customer.number")),
            Column("channel", figure.dimension_name("channel")),
            Column("net", figure.measure_name("net_sales"), "price"),
        ]
        tables.show(named, columns, "customer_orders", say("customer.orders"),
                    file_name=say("customer.orders"))  # fmt: skip


def _visits(customer: str) -> None:
    columns = [
        Column("salesperson", say("customer.visitor")),
        Column("purpose", say("customer.purpose")),
        Column("result", say("care_list.result"), width=260),
    ]
    _dated("visits", workspace().customers.care.visits(customer), columns)


def _surveys(customer: str) -> None:
    columns = [
        Column("question", say("customer.question"), width=220),
        Column("score", say("customer.score"), "quantity"),
        Column("answer", say("customer.answer"), width=260),
    ]
    _dated("surveys", workspace().customers.care.surveys(customer), columns)


def _dated(what: str, rows: pd.DataFrame, columns: list[Column]) -> None:
    """What files tell of the customer, a row a day; what to import where they tell nothing."""
    st.header(say(f"customer.{what}"), anchor=False)
    if rows.empty:
        st.caption(say(f"customer.no_{what}"))
        return
    day = Column("date", say("customer.day"), "date")
    tables.show(rows, [day, *columns], f"customer_{what}", say(f"customer.{what}"),
                file_name=say(f"customer.{what}"))  # fmt: skip


def _orders(asked: Asked, customer: str) -> pd.DataFrame:
    return workspace().customers.care.orders(asked, [customer])


def _purchases(asked: Asked, customer: str) -> pd.DataFrame:
    return workspace().customers.care.purchases(asked, customer)


def _segments(asked: Asked, customer: str, days: Sequence[date]) -> list[str]:
    """Its segment at each day, "" where it had not bought yet."""
    care = workspace().customers.care
    return [care.segments(Asked(asked.population, asked.scope, day)).get(customer, "")
            for day in days]  # fmt: skip
