"""docs/metrics.md, made from the catalogue.

`python -m chanplan.metrics.glossary >docs/metrics.md` writes it anew.
"""

from __future__ import annotations

import sys

from chanplan.metrics.catalogue import Dimension, Measure, catalogue

_HEAD = """# Measures and dimensions

Made from `chanplan/metrics/catalogue.toml`; a test holds this page to it.
"""
_MONEY_NOTE = """
Money comes with and without tax; a scope names one basis (order, shipment, sell-out, invoice,
collection), so no measure adds two. Distinct counts are computed, never added up. A ratio is a
ratio of sums.
"""


def markdown() -> str:
    """The page's text, ending in a line break."""
    measures = "\n".join(_measure(measure) for measure in catalogue().shown())
    dimensions = "\n".join(_dimension(d) for d in catalogue().dimensions.values())
    return (
        f"{_HEAD}{_MONEY_NOTE}\n## Measures\n\n{measures}\n"
        "## Dimensions\n\n| name | 中文 | English | what it is |\n| --- | --- | --- | --- |\n"
        f"{dimensions}\n"
    )


def _measure(measure: Measure) -> str:
    formula = " ÷ ".join(f"`{name}`" for name in measure.over) if measure.over else "a sum"
    if measure.fact in ("orders", "customers", "newcomers"):
        formula = "a distinct count"
    elif measure.beside and not measure.additive:
        formula = "computed for each period and member"
    return (
        f"### `{measure.name}` · {measure.zh} · {measure.en}\n\n"
        f"{measure.meaning_en}\n\n{measure.meaning_zh}\n\n"
        f"Unit: {measure.unit}; {formula}; better {measure.better}. Source: {measure.source}.\n"
    )


def _dimension(dimension: Dimension) -> str:
    if dimension.calendar:
        what = "from the calendar"
    elif dimension.column == "week":
        what = "from the day of each line; what is told by months has none"
    elif dimension.column is None:
        what = f"attribute `{dimension.attribute}` of `{dimension.of}`, dated"
    elif dimension.of:
        what = f"as in the file; an uploaded `{dimension.of}` table wins, dated"
    else:
        what = "as in the file"
    if dimension.within:
        what += f"; a level below `{dimension.within}`"
    return f"| `{dimension.name}` | {dimension.zh} | {dimension.en} | {what} |"


if __name__ == "__main__":
    sys.stdout.write(markdown())
