"""The plan as a spreadsheet: months beside each other, members below; typed cells stay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from chanplan.domain.errors import TargetError
from chanplan.plans import editing
from chanplan.plans.editing import Draft
from chanplan.plans.splitting import Lock, Node
from chanplan.ui import guard, tables
from chanplan.ui.plain import plain
from chanplan.ui.planning import asked, desk, saving
from chanplan.ui.planning.choosing import dimension_named
from chanplan.ui.planning.desk import Desk
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.workspace.planning import Proposal, Wish

# Rows that a person goes through; the others keep their share and are saved with them.
MOST_ROWS = 200
_KEEP, _LOCKS = "plan_keep_total", "plan_locks"
_MEMBER, _HELD, _YEAR = "member", "held", "year"


def show(wish: Wish) -> None:
    """Split, edit, save."""
    try:
        made = asked.proposal(wish)
    except TargetError as fault:
        guard.show(fault)
        return
    at = desk.desk(made)
    _remarks(made)
    st.toggle(say("planning.keep_total"), True, key=_KEEP, help=say("planning.keep_help"),
              persist_state="session")  # fmt: skip
    if at.fault is not None:
        guard.show(at.fault)
    _whole(at.draft, made)
    _editor(at, made)
    _locks(at)
    _steps(at)
    _months(at.draft, made)
    saving.form(wish, at.draft)


def named(node: Node) -> str:
    """A node by its members; the company by its word."""
    return " · ".join(node) or say("planning.company")


def _remarks(made: Proposal) -> None:
    """What was taken instead of history: no member gets a share without a word."""
    if made.stand_ins:
        months = [figures().month(month) for month in made.stand_ins]
        told = months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"
        st.caption(say("planning.stand_ins", months=told))
    reasons: dict[str, list[str]] = {}
    for node, why in made.split.defaults.items():
        reasons.setdefault(why, []).append(named(node))
    for why, names in reasons.items():
        shown = plain(say("planning.comma").join(names[:8]))
        st.caption(say(f"planning.default_{why}", names=shown, count=len(names)))


def _editor(at: Desk, made: Proposal) -> None:
    split, key = at.draft.split, f"plan_grid_{at.turn}_{hash(at.wish)}"
    leaves = split.leaves[:MOST_ROWS]
    if len(split.leaves) > MOST_ROWS:
        st.caption(say("planning.many", most=MOST_ROWS, count=len(split.leaves)))
    years = {lock.node for lock in at.draft.locks if not lock.months}
    frame = pd.DataFrame(
        {
            _MEMBER: [_marked(leaf, made, at.draft) for leaf in leaves],
            _HELD: [leaf in years for leaf in leaves],
            _YEAR: [float(split.sum_of(leaf)) for leaf in leaves],
            **{
                str(month): [float(split.cells[month, leaf]) for leaf in leaves]
                for month in split.months
            },
        }
    )
    st.data_editor(
        frame,
        column_config=_config(split.months),
        disabled=[_MEMBER],
        hide_index=True,
        num_rows="fixed",
        key=key,
        on_change=_edited,
        args=(key, leaves),
        placeholder="",
        alt=say("planning.grid_alt"),
    )


def _marked(leaf: Node, made: Proposal, draft: Draft) -> str:
    """A name with a star where it has no history, and with how many of its cells stay."""
    name = f"{named(leaf)} *" if leaf in made.split.defaults else named(leaf)
    own = sum(1 for lock in draft.locks if lock.node == leaf)
    return say("planning.marked", name=name, count=own) if own else name


def _whole(draft: Draft, made: Proposal) -> None:
    total = figures().exact(draft.total, 0)
    growth = figures().change(draft.total / made.base - 1 if made.base > 0 else None)
    st.caption(say("planning.sum", total=total, growth=growth))


def _config(months: tuple[int, ...]) -> dict[str, Any]:
    def number(heading: str) -> Any:
        return st.column_config.NumberColumn(heading, min_value=0, format="%,.0f")

    return {
        _MEMBER: st.column_config.TextColumn(say("planning.member"), pinned=True, width=170),
        _HELD: st.column_config.CheckboxColumn(
            say("planning.held"), help=say("planning.held_help"), width=60
        ),
        _YEAR: number(say("planning.whole_year")),
        **{str(month): number(figures().short_month(month)) for month in months},
    }


def _edited(key: str, leaves: tuple[Node, ...]) -> None:
    """What was typed or pasted in one go is one step."""
    rows = st.session_state[key]["edited_rows"]
    typed: dict[tuple[Node, int | None], Decimal] = {}
    held: dict[Node, bool] = {}
    for row, cells in rows.items():
        for name, value in cells.items():
            leaf = leaves[int(row)]
            if name == _HELD:
                held[leaf] = bool(value)
            elif value is not None:
                typed[leaf, None if name == _YEAR else int(name)] = Decimal(str(round(value, 4)))
    keep = bool(st.session_state.get(_KEEP, True))
    desk.step(lambda draft: _applied(draft, typed, held, keep))


def _applied(draft: Draft, typed: editing.Typed, held: dict[Node, bool], keep: bool) -> Draft:
    found = editing.typed(draft, typed, keep) if typed else draft
    for leaf, on in held.items():
        kept = [lock for lock in found.locks if lock.node != leaf or lock.months]
        found = editing.held(found, leaf) if on else editing.freed(found, kept)
    return found


def _locks(at: Desk) -> None:
    """What stays, each to be let go."""
    if not at.draft.locks:
        return
    shown = {at_: _lock_named(lock) for at_, lock in enumerate(at.draft.locks)}
    key = f"{_LOCKS}_{at.turn}"
    st.multiselect(
        say("planning.locks", count=len(shown)),
        list(shown),
        default=list(shown),
        format_func=shown.__getitem__,
        key=key,
        on_change=_freed,
        args=(key,),
        help=say("planning.locks_help"),
    )


def _freed(key: str) -> None:
    wanted = set(st.session_state[key])
    desk.step(lambda draft: editing.freed(
        draft, [lock for at, lock in enumerate(draft.locks) if at in wanted]))  # fmt: skip


def _lock_named(lock: Lock) -> str:
    ends = lock.months[:: max(len(lock.months) - 1, 1)]
    when = " – ".join(map(figures().short_month, ends)) or say("planning.whole_year")
    return f"{named(lock.node)} · {when} · {figures().exact(lock.amount, 0)}"


def _steps(at: Desk) -> None:
    with st.container(horizontal=True):
        st.button(
            say("planning.undo"),
            key="plan_undo",
            icon=":material/undo:",
            disabled=len(at.steps) < 2,
            on_click=desk.undo,
        )
        st.button(
            say("planning.anew"),
            key="plan_anew",
            icon=":material/restart_alt:",
            disabled=len(at.steps) < 2,
            on_click=desk.anew,
        )


def _months(draft: Draft, made: Proposal) -> None:
    """Every month of the plan beside the same one of last year; the plan itself to take away."""
    before = made.before
    rows = [
        (figures().month(month), draft.split.sum_of((), [month]), before.get(month - 100))
        for month in draft.split.months
    ]
    rows.append((say("planning.whole_year"), draft.total, made.base or None))
    frame = pd.DataFrame(rows, columns=["month", "target", "base"], dtype=object)
    frame["growth"] = [
        target / base - 1 if base and base > 0 else None
        for target, base in zip(frame["target"], frame["base"], strict=True)
    ]
    columns = [
        Column("month", say("planning.month")),
        Column("target", say("planning.target"), "money"),
        Column("base", say("planning.base"), "money"),
        Column("growth", say("planning.growth_heading"), "rate", signed=True),
    ]
    with st.expander(say("planning.by_month")):
        tables.show(frame, columns, "plan_months", say("planning.by_month"), whole=True)
    tables.downloads(lambda: _rows(draft, made.wish), _row_columns(made.wish),
                     say("planning.file", year=made.wish.year), "plan_rows")  # fmt: skip


def _rows(draft: Draft, wish: Wish) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "month": f"{month // 100}-{month % 100:02d}",
                **dict.fromkeys(wish.by),
                **dict(zip(wish.by, leaf, strict=False)),
                "target": amount,
            }
            for (month, leaf), amount in draft.split.cells.items()
        ]
    )


def _row_columns(wish: Wish) -> list[Column]:
    return [
        Column("month", say("planning.month")),
        *(Column(one, dimension_named(one)) for one in wish.by),
        Column("target", say("planning.target"), "price"),
    ]
