"""One file on the desk: what was recognised, why, and what it would bring."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from chanplan.analysis.arithmetic import ZERO
from chanplan.domain.errors import ChanplanError
from chanplan.domain.tables import table
from chanplan.ingest.fields import own_currency
from chanplan.ingest.load import Counts
from chanplan.ingest.personal import personal
from chanplan.ingest.recognise import ColumnChoice, Note, Proposal
from chanplan.language import explain, has
from chanplan.language.grounds import grounds
from chanplan.language.sentences import sentence
from chanplan.ui import history, navigation
from chanplan.ui.imports import accounted, again, beforehand, correcting, desk, late, statuses
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.imports.examples import examples
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say
from chanplan.workspace.accounted import account
from chanplan.workspace.imports import Known

# Headings without a meaning that are named; all of them stand in the help beside them.
MOST_UNUSED = 12


def card(candidate: Candidate, expanded: bool) -> None:
    """A line that tells the state; opened, everything that was recognised."""
    box = st.expander(
        _headline(candidate),
        expanded=expanded,
        key=f"file_{candidate.key}",
        icon=_icon(candidate),
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        if candidate.fault is not None:
            _fault(candidate, candidate.fault)
            return
        if candidate.proposal is None:
            return
        if candidate.known is not None:
            _known(candidate.known)
        again.decision(candidate)
        late.decision(candidate)
        beforehand.told(candidate.proposal.recipe.table, candidate.counts)
        beforehand.twice(candidate)
        _facts(candidate.proposal, candidate.counts)
        _sheets(candidate.key, candidate.proposal)
        _columns(candidate.proposal)
        _personal(candidate.proposal)
        statuses.shown(candidate)
        _remarks(candidate.proposal)
        if candidate.known is None:
            candidate.wanted = st.checkbox(
                say("imports.wanted"), value=candidate.wanted, key=f"wanted_{candidate.key}"
            )
        with st.container(border=False):
            correcting.form(candidate)


def told(fault: ChanplanError | str) -> str:
    """A fault in the reader's language; of an unexpected one where it stands in the log."""
    if isinstance(fault, ChanplanError):
        return explain(fault, language())
    return say("errors.unexpected", reference=fault)


def _fault(candidate: Candidate, fault: ChanplanError | str) -> None:
    """Why it cannot come in; a look that was stopped may begin again."""
    if not candidate.stopped:
        st.error(plain(told(fault)))
        correcting.form(candidate)
        return
    st.info(plain(told(fault)), icon=":material/stop_circle:")
    st.button(
        say("imports.look_again"),
        key=f"look_{candidate.key}",
        icon=":material/refresh:",
        on_click=desk.look_again,
        args=(candidate.key,),
    )


def _known(known: Known) -> None:
    """These bytes are here already; where they do not count, that, too, with the way there."""
    batch, day = say("crumbs.join").join(map(str, known.batches)), history.moment(known.at)
    code = "imports.before" if known.active else "imports.before_off"
    st.info(say(code, day=day, batch=batch), icon=":material/history:")
    navigation.link("data")


def counts_line(counts: Counts) -> str:
    """10,000 行 = 载入 9,990 + 搁置 8 + 跳过 2; and the money of each."""
    write = figures().count
    return say(
        "imports.rows",
        file=write(counts.file),
        loaded=write(counts.loaded),
        set_aside=write(counts.set_aside),
        skipped=write(counts.skipped),
    )


def months_line(months: Sequence[int]) -> str:
    """The first and last month with rows, and how many there are."""
    if not months:
        return "—"
    return say("imports.months", span=figures().span(min(months), max(months)), count=len(months))


def _headline(candidate: Candidate) -> str:
    parts = [plain(candidate.name)]
    if candidate.fault is not None:
        parts.append(say("imports.state_stopped" if candidate.stopped else "imports.state_fault"))
    elif candidate.proposal is not None:
        parts.append(_title(candidate.proposal.recipe.table))
        if candidate.known is not None:
            parts.append(say("imports.state_before", day=history.moment(candidate.known.at)[:10]))
        elif candidate.open_questions():
            parts.append(say("imports.state_question"))
        elif candidate.undecided:
            parts.append(say("imports.state_again"))
        elif candidate.shut_out:
            parts.append(say("closing.late_title"))
        elif candidate.none_fits:
            parts.append(say("imports.state_aside"))
        elif candidate.counts is not None and not candidate.counts.loaded:
            parts.append(say("imports.state_empty"))
        elif candidate.counts is not None:
            parts.append(say("imports.state_rows", count=figures().count(candidate.counts.loaded)))
            if candidate.counts.months:
                months = candidate.counts.months
                parts.append(figures().span(min(months), max(months)))
        if not candidate.wanted:
            parts.append(say("imports.state_left_out"))
    return " · ".join(parts)


def _icon(candidate: Candidate) -> str:
    if candidate.fault is not None:
        return ":material/stop_circle:" if candidate.stopped else ":material/error:"
    if candidate.known is not None:
        return ":material/history:"
    if candidate.open_questions() or candidate.undecided or candidate.shut_out:
        return ":material/help:"
    if candidate.none_fits:
        return ":material/warning:"
    return ":material/check_circle:" if candidate.wanted else ":material/remove_circle:"


def _facts(proposal: Proposal, counts: Counts | None) -> None:
    recipe = proposal.recipe
    facts = {
        say("imports.table"): _title(recipe.table),
        **({say("imports.sheet"): plain(recipe.sheet)} if recipe.sheet else {}),
        **(
            {say("imports.header_line"): figures().count(recipe.header_line)}
            if recipe.header_line
            else {}
        ),
        say("imports.source"): plain(recipe.source),
    }
    if recipe.table == "sales":
        facts[say("basis.label")] = say(f"basis.{recipe.basis}")
        facts[say("tax.label")] = say(f"tax.{recipe.tax}")
        facts[say("imports.currency")] = _currency(proposal)
    for field, value in recipe.constants.items():
        facts[_field_name(recipe.table, field)] = plain(value)
    if counts is not None:
        facts[say("imports.months_label")] = months_line(counts.months)
        facts[say("imports.rows_label")] = counts_line(counts)
        if recipe.table == "sales":
            money = account(counts, recipe)
            facts[say("imports.sum_label")] = figures().exact(counts.sum_loaded)
            if money.differs:
                facts[say("accounted.label")] = accounted.told(money, counts)
        elif counts.sum_file:
            facts[say("imports.sum_other")] = figures().exact(counts.sum_loaded)
        if counts.stated is not None:
            facts[say("imports.sum_stated")] = _stated(counts)
    st.table(facts, border="horizontal", width="stretch")


def _sheets(key: str, proposal: Proposal) -> None:
    """The further sheets of the same shape, and the switch that leaves them out."""
    along = [one.sheet.name or "—" for one in proposal.alike]
    left = [one.name or "—" for one in proposal.others if one.reason == "same_table"]
    if not along and not left:
        return
    names = [plain(name) for name in along or left]
    st.checkbox(
        say("sheets.together", count=len(names), sheets=names),
        value=bool(along),
        key=f"together_{key}_{bool(along)}",
        on_change=desk.together,
        args=(key,),
    )
    told = [one.recipe.constants.get("channel") for one in (proposal, *proposal.alike)]
    if len(set(told)) > 1:
        channels = [plain(channel) for channel in told if channel]
        st.caption(say("sheets.channels", channels=channels))


def _currency(proposal: Proposal) -> str:
    own = plain(own_currency(proposal.recipe))
    if "currency" in proposal.recipe.columns:
        return say("imports.currency_by_line", currency=own)
    return say("imports.currency_assumed", currency=own) if proposal.currency_assumed else own


def _stated(counts: Counts) -> str:
    """What the file says its total is, and how far that is from its rows."""
    stated, off = (figures().exact(told or ZERO) for told in (counts.stated, counts.stated_off))
    return say("imports.stated_fact", stated=stated, off=off) if counts.stated_off else stated


def _columns(proposal: Proposal) -> None:
    rows = [_column_row(proposal, choice) for choice in proposal.choices]
    frame = pd.DataFrame(rows, columns=["field", "header", "sure", "reason", "examples"])
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        alt=say("imports.columns_alt"),
        column_config={
            "field": st.column_config.TextColumn(say("imports.field"), pinned=True),
            "header": st.column_config.TextColumn(say("imports.header")),
            "sure": st.column_config.TextColumn(say("grounds.confidence")),
            "reason": st.column_config.TextColumn(say("imports.reason")),
            "examples": st.column_config.TextColumn(say("imports.examples")),
        },
    )
    _unused([plain(header) for header in proposal.unused if header])
    for one in proposal.suggestions:
        field = _field_name(proposal.recipe.table, one.field)
        shown = {"header": plain(one.header), "field": field, "likeness": one.likeness}
        st.caption(say("grounds.suggestion", **shown))


def _unused(headers: list[str]) -> None:
    """Which columns mean nothing here: the first by name, all of them at a touch."""
    if headers:
        shown, rest = headers[:MOST_UNUSED], len(headers) - MOST_UNUSED
        joined = say("crumbs.join").join(shown)
        told = say("imports.unused_more", headers=joined, count=rest) if rest > 0 else joined
        every = say("crumbs.join").join(headers) if rest > 0 else None
        st.caption(say("imports.unused", headers=told), help=every)


def _personal(proposal: Proposal) -> None:
    """That the original, which is kept as it came, seems to hold columns about persons."""
    found = personal(proposal.recipe.file_headers())
    if found:
        told = [
            say("personal.named", heading=plain(header), kind=say(f"personal.kind_{kind}"))
            for header, kind in found.items()
        ]
        st.caption(f":material/person_alert: {say('personal.in_file', columns=told)}")


def _column_row(proposal: Proposal, choice: ColumnChoice) -> tuple[str, str, str, str, str]:
    declared = table(proposal.recipe.table).columns[choice.field]
    return (
        _field_name(proposal.recipe.table, choice.field),
        choice.header,
        f"{choice.confidence:.0%}",
        grounds(choice, declared.kind, language()),
        "  ·  ".join(examples(proposal, choice.at)),
    )


def _field_name(table_name: str, field: str) -> str:
    column = table(table_name).columns.get(field)
    if column is None:
        return field
    return column.zh if language() == "zh" else column.en


def _remarks(proposal: Proposal) -> None:
    """What the person should know beyond the columns, and what became of the other sheets."""
    for note in proposal.notes:
        tell = st.info if note.loud else st.caption
        tell(plain(sentence("notes", _readable(note, proposal), language())))
    for one in proposal.companions[len(proposal.alike) :]:
        title = _title(one.recipe.table)
        st.caption(plain(say("sheets.comes_along", sheet=one.sheet.name or "—", table=title)))
    for other in proposal.others:
        key = f"sheets.{other.reason}"
        title = "—" if other.table is None else _title(other.table)
        known = key if has(key) else "sheets.other"
        st.caption(plain(say(known, sheet=other.name or "—", table=title)))


def _readable(note: Note, proposal: Proposal) -> Note:
    """The note with codes of ours turned into names."""
    values = dict(note.values)
    if "field" in values:
        values["field"] = _field_name(proposal.recipe.table, str(values["field"]))
    if "basis" in values:
        values["basis"] = say(f"basis.{values['basis']}")
    if "shape" in values:
        values["shape"] = say(f"shapes.{values['shape']}")
    return Note(note.code, values)


def _title(table_name: str) -> str:
    declared = table(table_name)
    return declared.zh if language() == "zh" else declared.en
