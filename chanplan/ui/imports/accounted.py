"""Where a file's money has gone, in one line: what counts as net sales, and what does not."""

from __future__ import annotations

from collections.abc import Mapping

from chanplan.domain.line_types import COUNTED
from chanplan.ingest.load import Counts
from chanplan.language.scale import Language
from chanplan.reports import set_aside
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say
from chanplan.workspace.accounted import Account

# Texts of a status and reasons named in a sentence, those with most rows.
MOST_NAMED = 6


def told(money: Account, counts: Counts) -> str:
    """412,600.83 = 346,594.16 计入 + 66,006.67 不算销售（629 行：交易关闭 627、…）."""
    write = figures()
    parts = [say("accounted.counted", money=write.exact(money.counted))]
    if money.apart_rows:
        rows, texts = write.count(money.apart_rows), _statuses(counts)
        parts.append(say("accounted.apart", money=write.exact(money.apart), rows=rows, texts=texts))
    if money.off:
        parts.append(say("accounted.off", money=write.exact(money.off)))
    if money.returned:
        parts.append(say("accounted.returned", money=write.exact(money.returned)))
    return say("accounted.sum", loaded=write.exact(money.loaded), parts=" + ".join(parts))


def reasons(found: Mapping[str, int]) -> str:
    """读不成金额（净销售额）1,161 行、…, those with most rows first."""
    ranked = sorted(found.items(), key=lambda one: -one[1])
    named = [
        say("accounted.reason", reason=_reason(code, language()), rows=figures().count(rows))
        for code, rows in ranked[:MOST_NAMED]
    ]
    return say("crumbs.join").join(named)


def _reason(code: str, reader: Language) -> str:
    reason, _, field = code.partition(":")
    return set_aside.reason(reason, field or None, reader)


def _statuses(counts: Counts) -> str:
    """The texts that are no sales and how many rows each has; "" where nobody counted them."""
    apart = [one for one in counts.statuses if one.line_type not in COUNTED]
    ranked = sorted(apart, key=lambda one: -one.rows)
    named = [f"{plain(one.status)} {figures().count(one.rows)}" for one in ranked[:MOST_NAMED]]
    return say("accounted.texts", texts=say("crumbs.join").join(named)) if named else ""
