"""Members of a target: bullets by money at risk, and the table with everything behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from chanplan.analysis.landing import odds_step
from chanplan.analysis.pace_events import ByMember
from chanplan.charts import bullet
from chanplan.charts.bullet import Bullet
from chanplan.language.numbers import UNKNOWN
from chanplan.language.scale import Scale
from chanplan.metrics.catalogue import catalogue
from chanplan.reports.native_chart import Chart
from chanplan.reports.tables import Kind
from chanplan.ui import address, figure, tables
from chanplan.ui.members import PICKER_WIDTH
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.tracking import said
from chanplan.ui.tracking.choice import OPENED, Choice
from chanplan.ui.tracking.events import weight

MOST_BULLETS: Final = 20
BESIDE: Final = [1, 1]
_RATES: Final = ("attainment", "time_progress", "season_progress", "pace")
_DAILY: Final = ("needed_daily", "current_daily", "needed_plain")
_SHOWN: Final = (
    "target", "actual", "attainment", "pace", "gap", "landing", "odds", "needed_daily",
    "current_daily",
)  # fmt: skip
_HIDDEN: Final = (
    "needed_plain", "target_at_start", "time_progress", "season_progress", "target_to_date",
    "low80", "high80", "p_hit", "at_risk", "outside", "covered_to", "method",
)  # fmt: skip


def show(choice: Choice, frame: pd.DataFrame, events: ByMember, depth: int = 0) -> str | None:
    """Bullets and table; returns the member opened by a click or from the list.

    depth  how many members have been opened above this level; each has a place in the address
    """
    rows = [row for row in frame.to_dict("records") if row["attainment"] is not None]
    drawn = [row for row in rows if not row["is_total"]] or rows
    place = f"_{depth}" if depth else ""
    if not depth:
        st.header(_title(choice, drawn), anchor=False)
    weighted = weight(events)
    st.caption(" ".join([say("targets.bullets"), *([weighted] if weighted else [])]))
    if not drawn:
        st.caption(say("members.none"))
        table(choice, frame, f"target_table{place}", weighted)
        return None
    left, right = st.columns(BESIDE, gap="medium")
    with left:
        _bullets(choice, drawn[:MOST_BULLETS], place)
        if len(drawn) > MOST_BULLETS:
            st.caption(say("targets.more_below", count=len(drawn) - MOST_BULLETS))
    with right:
        table(choice, frame, f"target_table{place}", weighted)
    return _opened(choice, frame, place)


def _title(choice: Choice, rows: list[dict[Any, Any]]) -> str:
    """Who has most money at risk."""
    known = [row for row in rows if row["at_risk"]]
    if not choice.by or not known:
        return say("targets.members")
    worst = max(known, key=lambda row: row["at_risk"])
    name = said.name_of(choice, worst)
    code = "most_short" if worst["state"] == "done" else "most_at_risk"
    return say(f"targets.{code}", name=name, amount=choice.written(worst["at_risk"]))


def _bullets(choice: Choice, rows: list[dict[Any, Any]], place: str) -> None:
    made = [_bullet(choice, row) for row in rows]
    drawn = bullet.bullets(
        made, figures(), say(f"targets.by_{choice.progress}"), say("targets.landing"), figure.look()
    )
    level = figure.dimension_name(choice.by[0]) if choice.by else say("targets.company")

    def opened(member: str | None) -> None:
        if member:
            st.session_state[OPENED + place] = member

    alt = say("targets.bullets_alt", level=level)
    figure.show(drawn, f"target_bullets{place}", alt, clicked=opened)


def _bullet(choice: Choice, row: Mapping[Any, Any]) -> Bullet:
    name = say("targets.whole")
    if choice.by and not row["is_total"]:
        name = figure.name_of(choice.by[0], row[choice.by[0]])
    mark = say("targets.late_mark") if row["late"] else ""
    return Bullet(
        name=name + mark,
        attained=_float(row["attainment"]),
        progress=_float(row["progress"]),
        low=_part(row, "low80"),
        landing=_part(row, "landing"),
        high=_part(row, "high80"),
        band=row["band"],
        text=figures().percent(row["attainment"]),
        hover=_hover(choice, name, row),
        code="" if row["is_total"] or not choice.by else str(row[choice.by[0]] or ""),
    )


def _hover(choice: Choice, name: str, row: Mapping[Any, Any]) -> str:
    write = figures()
    lines = [
        f"<b>{escape(name)}</b>",
        f"{say('targets.target')} {write.exact(row['target'])}",
        f"{say('targets.actual')} {write.exact(row['actual'])}"
        f" · {write.percent(row['attainment'])}",
        f"{say('targets.by_calendar')} {write.percent(row['time_progress'])}"
        f" · {say('targets.by_season')} {write.percent(row['season_progress'])}",
        f"{say('targets.gap')} {write.exact(row['gap'])}",
        f"{say('targets.needed_daily')} {write.exact(row['needed_daily'])}"
        f" · {say('targets.current_daily')} {write.exact(row['current_daily'])}",
    ]
    if row["landing"] is not None:
        lines += [
            f"{say('targets.landing')} {write.exact(row['landing'])}"
            f" ({write.exact(row['low80'])} – {write.exact(row['high80'])})",
            f"{say('targets.p_hit')} {write.percent(row['p_hit'])}",
        ]
    if row["late"]:
        lines.append(say("targets.covered_to_day", day=write.date(row["covered_to"])))
    return "<br>".join(lines)


def _part(row: Mapping[Any, Any], name: str) -> float | None:
    return None if row[name] is None else _float(row[name] / row["target"])


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _opened(choice: Choice, frame: pd.DataFrame, place: str) -> str | None:
    """The list that opens a member without a mouse; a click on a bullet sets it too."""
    if not choice.by:
        return None
    names = [str(member) for member in frame[choice.by[0]].iloc[1:] if member]
    show = {"": say("targets.nothing_opened")}
    show |= dict(zip(names, figure.names_of(choice.by[0], names), strict=True))
    label = say("ranking.open", dimension=figure.dimension_name(choice.by[0]))
    with st.container(width=PICKER_WIDTH):
        return address.choice(OPENED + place, list(show), "", label, show.__getitem__) or None


def table(choice: Choice, frame: pd.DataFrame, key: str, weighted: str | None = None) -> None:
    """Every row with its figures; the rarer ones behind the table's own menu. `weighted` says
    which days count for several."""
    shown = frame.assign(
        name=_names(choice, frame),
        odds=_written(frame["p_hit"].map(_tenths), said.odds),
        state=_written(frame["state"], lambda state: say(f"targets.state_{state}")),
        method=_written(frame["method"], lambda name: say(f"targets.method_{name}")),
    )
    level = figure.dimension_name(choice.by[0]) if choice.by else say("targets.company")
    revised = said.revised(frame)
    # One unit for all amounts, and one for what a day brings: side by side they are compared.
    one = tables.one_scale(frame, ("target", "actual"))
    scales = {**dict.fromkeys((*_SHOWN, *_HIDDEN), one),
              **dict.fromkeys(_DAILY, tables.one_scale(frame, _DAILY))}  # fmt: skip
    columns = [
        Column("name", level, width=150),
        *(_column(choice, name, False, scales, weighted) for name in _SHOWN),
        Column("state", say("targets.state")),
        *(
            _column(choice, name, not (revised and name == "target_at_start"), scales)
            for name in _HIDDEN
        ),
    ]
    saved = say("download.name", what=say("targets.title"), period=choice.span)
    about = [(say("download.about"), " · ".join(choice.view.told))]
    chart = Chart(
        "bar", ("name",), ("target", "actual"), min(len(shown), MOST_BULLETS), title=saved
    )
    alt = say("targets.table_alt")
    tables.show(shown, columns, key, alt, about, saved, chart=chart)


def _column(
    choice: Choice,
    name: str,
    hidden: bool,
    scales: Mapping[str, Scale | None],
    weighted: str | None = None,
) -> Column:
    kind: Kind = "money" if catalogue().measures[choice.measure].unit == "money" else "quantity"
    if name in (*_RATES, "p_hit"):
        kind = "rate"
    if name in ("odds", "method"):
        kind = "text"
    if name == "covered_to":
        kind = "date"
    word = f"{name}_name" if name in ("odds", "outside") else name
    heading = say(f"targets.{word}")
    scale = scales[name] if kind == "money" else None
    told = weighted if name in _DAILY else None
    return Column(name, heading, kind, signed=name == "gap", help=told, hidden=hidden, scale=scale)


def _names(choice: Choice, frame: pd.DataFrame) -> list[str]:
    """What each row is called; the labels are fetched once for thousands of them."""
    whole = say("targets.whole")
    if not choice.by:
        return [whole] * len(frame)
    names = figure.names_of(choice.by[0], frame[choice.by[0]])
    return [whole if total else name for name, total in zip(names, frame["is_total"], strict=True)]


def _tenths(chance: Any) -> float | None:
    return None if chance is None or pd.isna(chance) else odds_step(float(chance))


def _written(values: Iterable[Any], write: Callable[[Any], str]) -> list[str]:
    """Each value in words; the few that there are are written once."""
    known: dict[Any, str] = {}
    told = [None if value is None or value != value else value for value in values]
    return [UNKNOWN if v is None else known.setdefault(v, known.get(v) or write(v)) for v in told]
