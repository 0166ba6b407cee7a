"""The page of who stays: what is known, the first sentences, and what is expected of each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from chanplan.analysis.customers import outlook, retention_story
from chanplan.analysis.customers.checking import Check
from chanplan.analysis.customers.cohorts import JUDGED, Cohorts
from chanplan.analysis.customers.facts import Asked
from chanplan.analysis.customers.outlook import HORIZONS, YEAR, Outlook
from chanplan.analysis.customers.retention_story import Margin, Standing, Summary
from chanplan.ui import figure, population, session, shell, tables
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column

# Customers in sight; the downloads have all.
MOST_SHOWN = 500


@dataclass(frozen=True)
class Found:
    """What the page knows of a population at a day."""

    asked: Asked
    facts: pd.DataFrame
    outlook: Outlook
    check: Check | None
    cohorts: Cohorts
    summary: Summary
    margin: Margin | None

    @property
    def about(self) -> list[tuple[str, str]]:
        """The head line, for the downloads."""
        return [(say("download.about"), population.about(self.asked))]

    def file_name(self, title: str) -> str:
        """What a table of this page is saved under."""
        return say("download.name", what=say(title), period=figures().date(self.asked.as_of))


def find(asked: Asked) -> Found:
    """What the page tells, worked out once for a version of the data; stops without customers."""
    customers = session.workspace().customers
    with st.spinner(say("retention.working"), show_time=True):
        facts = customers.facts(asked)
        if facts.empty:
            shell.stop(say("populations.none"))
        told = customers.outlook(asked)
        return Found(
            asked,
            facts,
            told,
            customers.check(asked),
            customers.cohorts(asked),
            retention_story.summary(facts, told),
            customers.kept(("margin", asked), lambda: _margin(asked, facts)),
        )


def _margin(asked: Asked, facts: pd.DataFrame) -> Margin | None:
    return retention_story.margin(facts, session.workspace().customers.mix(asked, "channel"))


def headline(found: Found) -> None:
    """Who is expected back and what that is worth, how sure that is, and who stays best."""
    st.header(_opening(found), anchor=False)
    told = [_sure(found), *(_standing(one) for one in retention_story.standings(found.cohorts))]
    largest = found.summary.largest
    if largest and largest[1] >= retention_story.MOST_OF_ALL:
        name = plain(figure.name_of(found.asked.dimension, largest[0]))
        share = figures().percent(largest[1])
        told.insert(0, say("retention.one_customer", name=name, share=share))
    st.markdown(say("findings.join").join(one for one in told if one))


def expected(found: Found) -> None:
    """What is expected of all together, and of each customer."""
    st.header(say("retention.expected"), anchor=False)
    st.caption(say(f"retention.why_{found.outlook.why}"))
    if found.outlook.method == "none":
        return
    _totals(found.summary)
    if found.margin:
        earned = found.summary.value[YEAR] * found.margin.rate
        st.caption(
            say("retention.margin", months=YEAR, margin=figures().money(earned),
                rate=figures().percent(found.margin.rate),
                covered=figures().percent(found.margin.covered, 0))
        )  # fmt: skip
    rows = found.outlook.rows.sort_values(f"value_{YEAR}", ascending=False, kind="stable")
    key, alt = "retention_expected", say("retention.expected_alt")
    tables.show(_named(found, rows.head(MOST_SHOWN)), _columns(found), key, alt)
    if len(rows) > MOST_SHOWN:
        st.caption(say("retention.left", count=figures().count(MOST_SHOWN)))
    name = found.file_name("retention.expected")
    tables.downloads(lambda: _named(found, rows), _columns(found), name, key, found.about)


def _opening(found: Found) -> str:
    one, write = found.summary, figures()
    if found.outlook.method == "none":
        counts = {"customers": write.count(one.customers), "recent": write.count(one.recent)}
        return say("retention.opening_none", **counts)
    if not one.recent:
        return say("retention.opening_gone", customers=write.count(one.customers))
    return say(
        "retention.opening",
        recent=write.count(one.recent),
        again=write.count(round(one.again)),
        share=write.percent(one.again / one.recent, 0),
        value=write.money(one.recent_value),
    )


def _sure(found: Found) -> str:
    check = found.check
    if found.outlook.method == "none":
        return ""
    if check is None:
        return say("retention.sure_unknown")
    return say(
        f"retention.sure_{retention_story.error_code(check)}",
        days=figures().count((check.until - check.split).days),
        error=figures().percent(abs(check.error or 0.0)),
    )


def _standing(one: Standing) -> str:
    write = figures()
    names = [told(one.kind, each.member) for each in (one.best, one.worst)]
    said = say(
        f"retention.best_{one.kind}" if one.best.is_sure else "retention.best_unsure",
        best=names[0],
        worst=names[1],
        stays=write.percent(one.best.stays),
        least=write.percent(one.worst.stays),
    )
    leading = one.best.leading
    if leading is None:
        return said + (_because(one) if one.best.is_sure else "")
    channel, share = told("channel", leading[0]), write.percent(leading[1], 0)
    why = say(f"retention.why_{one.why}", channel=channel, share=share)
    return said + say("findings.join") + why


def _because(one: Standing) -> str:
    """Whether more of a channel's customers come back, or those who do come oftener."""
    write, why = figures(), one.why
    if why == "unknown":
        return ""
    values = {
        "months": JUDGED, "again": write.percent(one.best.again, 0),
        "least": write.percent(one.worst.again, 0), "often": write.tenths(one.best.often),
        "seldom": write.tenths(one.worst.often), "worst": told(one.kind, one.worst.member),
    }  # fmt: skip
    return say("findings.join") + say(f"retention.because_{why}", **values)


def told(kind: str, member: object) -> str:
    """A channel by its name, a cohort by its month."""
    if kind == "cohort":
        return figures().month(int(str(member)))
    return plain(figure.name_of("channel", member if isinstance(member, str) else None))


def _totals(one: Summary) -> None:
    for place, months in zip(st.columns(len(HORIZONS) + 1), HORIZONS, strict=False):
        place.metric(
            say("retention.next", months=months),
            figures().money(one.value[months]),
            say("retention.purchases", count=figures().count(round(one.purchases[months]))),
            delta_color="off",
            delta_arrow="off",
        )


def _columns(found: Found) -> list[Column]:
    columns = [
        Column("name", population.name(found.asked.population), width=180),
        Column("last", say("retention.last"), "date"),
        Column("days", say("retention.days"), "count"),
        Column("p_active", say("retention.p_active"), "rate", help=say("retention.p_active_help")),
        Column("risk", say("retention.risk"), "rate", help=say("retention.risk_help")),
    ]
    for m in HORIZONS:
        hidden = m != YEAR
        label = say("retention.purchases_in", months=m)
        columns.append(Column(f"purchases_{m}", label, "quantity", hidden=hidden))
        columns.append(Column(f"value_{m}", say("retention.value_in", months=m), "money"))
    return [
        *columns,
        Column("usual_year", say("retention.usual_year"), "money", hidden=True),
        Column("at_risk", say("retention.at_risk"), "money", help=say("retention.at_risk_help")),
        Column("gap", say("retention.gap"), "quantity", hidden=True),
        Column("told", say("retention.method"), hidden=True),
    ]


def _named(found: Found, rows: pd.DataFrame) -> pd.DataFrame:
    known = found.facts.loc[rows.index]
    words = {code: say(f"retention.by_{code}") for code in rows["why"].unique()}
    rounded = rows.round({f"purchases_{m}": 2 for m in HORIZONS} | {"gap": 1})
    return rounded.assign(
        name=figure.names_of(found.asked.dimension, rows["customer"]),
        last=known["last"],
        days=known["days"],
        told=rows["why"].map(words),
    ).round({f"value_{m}": 2 for m in outlook.HORIZONS} | {"usual_year": 2, "at_risk": 2})
