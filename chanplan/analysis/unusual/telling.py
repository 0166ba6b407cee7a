"""What is unusual as finding codes with values, and the filters that show each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from chanplan.analysis.story import Finding
from chanplan.analysis.unusual.candidate import OTHERS, Unusual
from chanplan.analysis.unusual.causes import Report
from chanplan.analysis.unusual.steps import month_of

_CENT = Decimal("0.01")
_RATIO = Decimal("0.0001")
Values = dict[str, object]
# Which page shows the lines of a finding, by the first of its dimensions named here.
PAGES: Mapping[str, str] = {
    "series": "products",
    "category": "products",
    "product": "products",
    "region": "overview",
    "channel": "channels",
    "partner": "channels",
}


def findings(report: Report) -> tuple[Finding, ...]:
    """One Finding per unusual thing, in order; never empty.

    Where there is none: `unusual_none`, or why nothing could be judged (`unusual_short`,
    `unusual_january`). Every finding has `money` (actual − expected, signed), `place` (pairs of
    dimension and member) and `ordinary` values of its rule.
    """
    if report.silence is not None:
        return (Finding(report.silence, {"count": report.tests}),)
    return tuple(finding(each) for each in report.findings)


def finding(each: Unusual) -> Finding:
    """The code and values of one."""
    code, values = _TOLD[each.rule](each)
    common: Values = {"place": each.where, "money": _money(each.money)}
    common |= {"size": _money(abs(each.money))}
    return Finding(f"unusual_{code}", common | values)


def page(each: Unusual) -> str:
    """The page that shows the lines behind it."""
    dimensions = [dimension for dimension, _ in each.where]
    return next(found for name, found in PAGES.items() if name in dimensions)


def shown_by(each: Unusual, offered: Callable[[str], bool]) -> dict[str, str]:
    """Dimension → member of the filters that leave these lines: the narrowest that are offered."""
    pairs = {**dict(each.where), **dict(each.within)}
    named = {name: member for name, member in pairs.items() if member not in ("", OTHERS)}
    return {name: member for name, member in named.items() if offered(name)}


def _level(each: Unusual) -> tuple[str, Values]:
    code = "more" if each.money > 0 else "less"
    values = _range(each) | {"since": month_of(int(each.values["since"]))}
    if each.where[-1][1] == OTHERS:
        return f"others_{code}", {**values, "dimension": each.where[0][0]}
    if each.mirror:
        told = {"mirror": each.mirror, "mirrored": _money(abs(each.values["mirrored"]))}
        return f"{code}_mirrored", {**values, **told}
    return code, values


def _range(each: Unusual) -> Values:
    names = {"value": "actual", "usual": "expected", "floor": "low", "ceiling": "high"}
    return {name: _money(each.values[known]) for name, known in names.items()}


def _gone(each: Unusual) -> tuple[str, Values]:
    return "gone", _range(each)


def _new(each: Unusual) -> tuple[str, Values]:
    since = month_of(int(each.values["first"]))
    share = _ratio(each.values["share"])
    return "new", {"value": _money(each.values["actual"]), "share": share, "since": since}


def _orders(each: Unusual) -> tuple[str, Values]:
    code = "orders_more" if each.money > 0 else "orders_less"
    names = {"count": "actual", "count_low": "low", "count_high": "high"}
    return code, {name: round(each.values[known]) for name, known in names.items()}


def _rhythm(each: Unusual) -> tuple[str, Values]:
    names = {"value": "actual", "usual": "expected", "after": "after", "after_usual": "usual_after"}
    return "rhythm", {name: _money(each.values[known]) for name, known in names.items()}


def _price(each: Unusual) -> tuple[str, Values]:
    change = each.values["change"]
    values: Values = {"rate": _ratio(abs(change)), "range": _ratio(each.values["range"])}
    values |= {"count": round(each.values["items"]), "value": _money(each.values["actual"])}
    return "price_up" if change > 0 else "price_down", values


def _unit(each: Unusual) -> tuple[str, Values]:
    values: Values = {"value": _money(each.values["actual"]), "count": round(each.values["items"])}
    return ("unit_up" if each.money > 0 else "unit_down"), {
        **values,
        "times": round(each.values["times"]),
    }


_TOLD: Mapping[str, Callable[[Unusual], tuple[str, Values]]] = {
    "level": _level,
    "gone": _gone,
    "new": _new,
    "orders": _orders,
    "rhythm": _rhythm,
    "price": _price,
    "unit": _unit,
}


def _money(value: float) -> Decimal:
    return Decimal(str(value)).quantize(_CENT)


def _ratio(value: float) -> Decimal:
    return Decimal(str(value)).quantize(_RATIO)
