"""Sheets of one shape, 1月 2月 3月 or 天猫 京东 抖音: which come in together, which repeat them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from chanplan.ingest.fitting import Fit
from chanplan.ingest.headers import normal
from chanplan.ingest.meanings import unlike
from chanplan.ingest.measures import measures_in_rows
from chanplan.ingest.naming import channel_word, source_name
from chanplan.ingest.other_tables import other_tables
from chanplan.ingest.read import TOP_ROWS, Sheet
from chanplan.ingest.summing import Added, summing, told
from chanplan.ingest.told import Hints

_SUMMARY = re.compile(
    r"汇总|合计|总计|总表|总览|全部|全年|所有|累计"
    r"|(?<![a-z])(?:summary|totals?|all|overview|ytd)(?![a-z])",
    re.IGNORECASE,
)
# What stands behind the name of a channel, and what programs call sheets that nobody has named.
_ENDING = re.compile(
    r"(?:订单|明细|数据|报表|流水|销售|[-_ ]*(?:sales|orders?|data))+$", re.IGNORECASE
)
_UNNAMED = re.compile(r"^(?:import|sheet|工作表|表)?$", re.IGNORECASE)
_ADDING = ("sales", "targets", "channel_costs", "collections", "stock")
# One well-known channel may be a remark; two are a list of channels.
_WELL_KNOWN = 2
# Fewer lines of the same day, product and pieces may be a coincidence.
_FEWEST_LINES = 8


@dataclass(frozen=True)
class Family:
    """at: the sheet to take; along: those that come with it; left: position → why one stays out;
    channels: position → the channel that a sheet's name says, where no column does."""

    at: int
    along: tuple[int, ...] = ()
    left: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)

    def hints(self, at: int, said: Hints, name: str) -> Hints:
        """What a person said, with what the sheet's own name says."""
        if at not in self.channels:
            return replace(said, sheet=None)
        # Channels told by sheets are no source: that one is the file.
        source = said.source or source_name(name, None)
        return replace(said, sheet=None, channel=self.channels[at], source=source)


def family(
    sheets: Sequence[Sheet],
    fits: Mapping[int, Fit],
    at: int,
    hints: Hints,
    added: Added | None = None,
) -> Family:
    """The sheets with the same fields under the same headings as the one at `at`.

    Hidden ones, summaries, by their name or by what they come to, and empty ones stay out; where
    rows of one stand in another, all do, so that nothing counts twice. Of a sheet that a person
    named the others are told only. `added` adds up sheets too long to be looked at.
    """
    same = [one for one in sorted(fits) if one == at or _same(fits[one], fits[at])]
    shown = [one for one in same if not sheets[one].hidden]
    if at not in shown or hints.rows is not None:
        return Family(at)
    if hints.sheet is not None:
        return _alone(at, family(sheets, fits, at, replace(hints, sheet=None), added))
    left = {one: "hidden" for one in same if one not in shown}
    single = [one for one in shown if one == at or _single(sheets[one], fits[one])]
    filled = [one for one in single if one == at or _filled(sheets[one], fits[one])]
    left |= {one: "empty" for one in single if one not in filled}
    plain = [one for one in filled if not _SUMMARY.search(sheets[one].name or "")] or filled
    if at not in plain and len(plain) < 2:
        return Family(at, left=left)
    sales = len(plain) > 1 and fits[at].table.name == "sales"
    other = unlike({one: sheets[one] for one in plain}, fits) if sales else frozenset()
    left |= dict.fromkeys(other, "other_meaning")
    plain = [one for one in plain if one not in other]
    sums = summing({o: told(sheets[o], fits[o], added) for o in plain} if len(plain) > 1 else {})
    plain = [one for one in plain if one not in sums]
    left |= {one: "summary" for one in filled if one not in (*plain, *left)}
    first = at if at in plain else plain[0]
    rest = tuple(one for one in plain if one != first)
    channels = _channels({one: sheets[one].name or "" for one in plain}, fits[first], hints)
    if channels is None:
        return Family(first, left=left)
    if _repeating([_rows(sheets[one], fits[one]) for one in plain]) or any(
        _changed(*(_keys(sheets[one], fits[one]) for one in pair))
        for pair in combinations(plain, 2)
    ):
        return Family(first, left={**left, **dict.fromkeys(rest, "repeats")})
    return Family(first, rest, left, channels if rest else {})


def _alone(at: int, found: Family) -> Family:
    """One sheet of a family, the others told as what they are."""
    members = (found.at, *found.along)
    if at not in members:
        return Family(at)
    return Family(at, left={**found.left, **{o: "same_table" for o in members if o != at}})


def _same(one: Fit, other: Fit) -> bool:
    """The same fields of one table under the same headings, in whatever order; of tables whose
    rows add up, since members are told once."""
    if not (one.complete and other.complete) or one.table is not other.table:
        return False
    if one.table.name not in _ADDING:
        return False
    headings = [{name: normal(m.header) for name, m in fit.matches.items()} for fit in (one, other)]
    return headings[0] == headings[1]


def _single(sheet: Sheet, fit: Fit) -> bool:
    """Whether a sheet is one table whose rows all measure the same."""
    return measures_in_rows(fit) is None and not other_tables(sheet, fit)


def _filled(sheet: Sheet, fit: Fit) -> bool:
    return sheet.line_count > TOP_ROWS or bool(_rows(sheet, fit))


def _rows(sheet: Sheet, fit: Fit) -> set[tuple[str, ...]]:
    """The first rows that are more than a title or a remark."""
    cut = (tuple((cell or "").strip() for cell in row) for row in sheet.top[fit.header_line :])
    return {row for row in cut if sum(map(bool, row)) > 1}


def _repeating(found: Sequence[set[tuple[str, ...]]]) -> bool:
    """Whether most rows of one sheet stand in another: a copy, or a summary by another name."""
    return any(len(a & b) * 2 > min(len(a), len(b)) for a, b in combinations(found, 2))


def _keys(sheet: Sheet, fit: Fit) -> set[tuple[str, ...]]:
    """What makes a line that line, whatever money it is of: its order and product, else all that
    is told of it beside its money, if pieces are."""
    names = [name for name in ("order", "product") if name in fit.matches]
    if "order" not in names:
        own = [n for n in fit.matches if fit.table.columns[n].kind != "amount"]
        names = own if {"date", "quantity"} <= set(own) and not fit.layout.wide else []
    ats = [fit.matches[name].at for name in names]
    rows = sheet.top[fit.header_line :] if ats else ()
    cut = (tuple((row[at] or "").strip() if at < len(row) else "" for at in ats) for row in rows)
    return {key for key in cut if all(key)}


def _changed(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    """Whether most lines of a sheet stand in another one, with other money."""
    both = len(one & other)
    return both >= _FEWEST_LINES and both * 2 > min(len(one), len(other))


def _channels(names: Mapping[int, str], fit: Fit, hints: Hints) -> Mapping[int, str] | None:
    """The channel of each sheet; {} where a column or a person says it or names say nothing but
    months; None where names may be channels and may be not."""
    if "channel" in fit.matches or hints.channel:
        return {}
    said = {at: _bare(name) for at, name in names.items()}
    different = set(said.values())
    known = {name for name in different if channel_word(name)}
    if all(different) and len(known) >= min(_WELL_KNOWN, len(different)):
        return said
    return {} if len(different) == 1 else None


def _bare(name: str) -> str:
    """天猫1月订单 → 天猫; "" of a sheet that only its month or its number names."""
    bare = _ENDING.sub("", source_name("", name)).strip()
    return "" if _UNNAMED.match(bare) else bare
