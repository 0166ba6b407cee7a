"""What the words of a status column make of a line: a rule that a person sees and can change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.domain.line_types import LINE_TYPES
from chanplan.ingest import forms
from chanplan.ingest.headers import normal
from chanplan.ingest.line_types import line_type, resolved, rule_of, rules
from chanplan.ingest.told import Note, StatusRule

# More different texts than this are no statuses but remarks; the rules apply to them unseen.
MOST_STATUSES = 200
# More are names of things, of which one may be called like a type.
_MOST_TYPES = 8
# More texts that no rule knows are not named.
_MOST_NAMED = 12
# Headings whose cells say yes or no, and what yes makes of a line.
_ASKED = {
    **dict.fromkeys(
        ("是否作废", "作废标志", "作废标识", "作废", "是否取消", "是否删除"), "not_a_sale"
    ),
    **dict.fromkeys(("是否退货", "退货标志", "isreturn"), "return"),
    **dict.fromkeys(("是否赠品", "赠品标志", "isgift"), "gift"),
}


def decided(
    seen: Iterable[str],
    given: Mapping[str, str],
    old: Mapping[str, str] | None,
    by_rows: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[str, str], tuple[StatusRule, ...]]:
    """(what a recipe keeps, what each text seen means and why).

    given    text → line type, said by a person; stands above what was remembered and the rules
    old      what the recipe of an earlier file of this shape kept
    by_rows  what the rows of a status make of it, in place of the rules

    UnrecognisedTableError for a line type that there is none of.
    """
    _check(given)
    texts = sorted({text.strip() for text in seen if text.strip()})[:MOST_STATUSES]
    said = {status.strip().lower(): kind for status, kind in given.items()}
    known = said | {word: kind for word, kind in (old or {}).items() if word not in said}
    by_rows = {word: kind for word, kind in by_rows.items() if word not in known}
    known |= by_rows
    kept = known | {word: kind for word, kind in resolved(texts).items() if word not in known}
    return kept, tuple(StatusRule(text, *_why(text, said, old or {}, by_rows)) for text in texts)


def by_flag(header: str) -> dict[str, str]:
    """What yes and no mean under a heading that asks one thing (是否作废), {} under others."""
    kind = _ASKED.get(normal(header))
    if kind is None:
        return {}
    return dict.fromkeys(forms.YES, kind) | dict.fromkeys(forms.NO, "sale")


def tells_types(texts: Collection[str]) -> bool:
    """Whether a few texts tell of returns, gifts or no sales, and hardly of anything else."""
    if not 0 < len(texts) <= _MOST_TYPES:
        return False
    known = [line_type(text, rules()) for text in texts if rule_of(text, rules())]
    return any(kind != "sale" for kind in known) and len(known) * 2 >= len(texts)


def not_sales(statuses: Iterable[StatusRule]) -> list[Note]:
    """Which texts seen do not mean a sale, and which mean one only because no rule knows them."""
    told = list(statuses)
    out = [one.status for one in told if one.line_type != "sale"]
    unknown = [one.status for one in told if not one.rule]
    back = [one.status for one in told if one.line_type == "not_a_sale" and _returns(one)]
    paid_back = [one.status for one in told if one.line_type == "sale" and _returns(one)]
    named = ", ".join(unknown[:_MOST_NAMED]) + (" …" if len(unknown) > _MOST_NAMED else "")
    return [
        *([Note("statuses_not_sales", {"statuses": ", ".join(out)})] if out else []),
        *([Note("orders_given_back", {"statuses": ", ".join(back)})] if back else []),
        *([Note("orders_with_refunds", {"statuses": ", ".join(paid_back)})] if paid_back else []),
        *([Note("statuses_unknown", {"statuses": named})] if unknown else []),
    ]


def _why(
    text: str, said: Mapping[str, str], old: Mapping[str, str], by_rows: Mapping[str, str]
) -> tuple[str, str]:
    """(line type, rule) of one text."""
    word = text.lower()
    if word in by_rows:
        return by_rows[word], rule_of(text, rules())
    if word in said:
        return said[word], "given"
    by_rule, remembered = line_type(text, rules()), line_type(text, old) if old else None
    if remembered is not None and remembered != by_rule:
        return remembered, "remembered"
    return by_rule, rule_of(text, rules())


def _returns(one: StatusRule) -> bool:
    """Whether the rules alone would have made another thing of its rows: see `given_back`."""
    by_rule = one.rule not in ("", "given", "remembered")
    return by_rule and line_type(one.status, rules()) != one.line_type


def _check(given: Mapping[str, str]) -> None:
    for kind in given.values():
        if kind not in LINE_TYPES:
            known = ", ".join(LINE_TYPES)
            raise UnrecognisedTableError("no_such_line_type", line_type=kind, known=known)
