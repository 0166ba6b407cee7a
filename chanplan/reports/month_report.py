"""A month to send: what happened and what is unusual, as a message and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from chanplan.analysis import movers, overview, shares, story, unusual
from chanplan.analysis.arithmetic import Member
from chanplan.domain.scope import Comparison, Scope
from chanplan.language import Language, text
from chanplan.language.numbers import Formatter
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.reports import findings
from chanplan.reports.tables import ReportColumn, Sheet, book_bytes
from chanplan.workspace import Workspace
from chanplan.workspace.masking import mask_frame

# What is told by, in this order, where the store knows members of it.
DIMENSIONS = ("channel", "region", "category", "product", "partner")
DRIVERS = ("channel", "product")
# Members of a sheet; nobody reads on beyond them.
MOST_MEMBERS = 200


@dataclass(frozen=True)
class Month:
    """A month as it is sent.

    state      "open", "flash" or "final"
    report     what is unusual in it; None where nobody has looked
    """

    scope: Scope
    compare: Comparison
    state: str
    report: unusual.Report | None = None


def sentences(space: Workspace, month: Month, language: Language) -> list[str]:
    """What happened and who drove it, then what is unusual; the first is the headline."""
    asked = {name: _answer(space, month, name) for name in DRIVERS if space.members(name)}
    total = space.ask(overview.query(month.scope, month.compare)).frame
    found = [*story.story(total, list(asked.items()), month.scope.period, month.compare)]
    if month.report is not None and month.report.findings:
        found += unusual.findings(month.report)
    names = {name: space.labels(name) for name in {*DIMENSIONS, *unusual.DIMENSIONS}}
    named = partial(_named, names, language)
    return [findings.tell(each, month.compare, language, named) for each in found]


def message(space: Workspace, month: Month, language: Language) -> str:
    """The same as a message: a title that says which figures these are, then a line each."""
    write = Formatter(language)
    title = text(language, "month.message_title", month=write.month(month.scope.period.first),
                 state=text(language, f"month.is_{month.state}"))  # fmt: skip
    rests = " · ".join(text(language, f"{part}.{getattr(month.scope, part)}")
                       for part in ("basis", "tax"))  # fmt: skip
    return "\n".join([f"{title} ({rests})", *(f"- {one}" for one in
                                              sentences(space, month, language))])  # fmt: skip


def workbook(space: Workspace, month: Month, language: Language) -> bytes:
    """The sentences on the first sheet, then a sheet of members for every dimension there is."""
    told = pd.DataFrame({"said": sentences(space, month, language)})
    heading = message(space, month, language).split("\n", 1)[0]
    sheets = [Sheet(text(language, "month.summary"), told, [ReportColumn("said", heading)])]
    sheets += [_sheet(space, month, name, language) for name in DIMENSIONS if space.members(name)]
    return book_bytes(sheets, language == "zh")


def _sheet(space: Workspace, month: Month, dimension: str, language: Language) -> Sheet:
    frame = shares.shares(_answer(space, month, dimension), dimension)
    frame = shares.folded(frame, MOST_MEMBERS)
    names, declared = space.labels(dimension), catalogue().dimensions[dimension]
    called = declared.zh if language == "zh" else declared.en
    told = [
        text(language, "members.others", count=count)
        if others
        else names.get(member, member) or text(language, "members.missing")
        for member, others, count in zip(
            frame["member"], frame["is_others"], frame["count"], strict=True
        )
    ]
    columns = [
        ReportColumn("name", called),
        ReportColumn("value", _measure(language), "money"),
        ReportColumn("share", text(language, "figures.share"), "rate"),
    ]
    if month.compare != "none":
        growth = text(language, f"compare.growth_{month.compare}")
        columns += [
            ReportColumn("growth", growth, "rate"),
            ReportColumn("change", text(language, "figures.change"), "money"),
            ReportColumn("contribution", text(language, "figures.contribution_short"), "points"),
        ]
    return Sheet(called, mask_frame(frame.assign(name=told)), columns)


def _answer(space: Workspace, month: Month, dimension: str) -> pd.DataFrame:
    query: MetricQuery = movers.query(month.scope, dimension, month.compare)
    return space.ask(query).frame


def _measure(language: Language) -> str:
    declared = catalogue().measures["net_sales"]
    return declared.zh if language == "zh" else declared.en


def _named(
    names: Mapping[str, Mapping[str, str]], language: Language, dimension: str, member: Member
) -> str:
    if not member:
        return text(language, "members.missing")
    return names.get(dimension, {}).get(member, member)
