"""What axe-core finds wrong with a page, less what is Streamlit's own and has no setting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

# Faults that keep a person from reading or using a page.
GRAVE = ("serious", "critical")


@dataclass(frozen=True)
class Known:
    """One rule, broken by what one selector finds, and why that stands."""

    rule: str
    selector: str
    reason: str


KNOWN = (
    Known(
        "list",
        "ul[data-testid=stSidebarNavItems]",
        "Streamlit puts the headings of sections straight into the list of pages",
    ),
    Known(
        "listitem",
        "ul[data-testid=stSidebarNavItems] li",
        "Streamlit wraps the pages of a section in a box between the list and its items",
    ),
    Known(
        "svg-img-alt",
        "g[class*=metric_chart_][role=graphics-symbol]",
        "an empty layer of Vega's for points under the pointer; the card's own text tells all",
    ),
)
_FAULTS = """
async ([known, grave]) => {
  const found = await axe.run(document, {resultTypes: ["violations"], elementRef: true});
  const ours = (rule) => (node) =>
    !known.some(([name, selector]) => name === rule && node.element?.matches(selector));
  return found.violations.filter((fault) => grave.includes(fault.impact)).flatMap((fault) =>
    fault.nodes.filter(ours(fault.id)).map((node) =>
      `${fault.id}: ${node.html.slice(0, 160)} - ${node.failureSummary}`));
}
"""


def grave_faults(page: Page) -> list[str]:
    """A line for every serious or critical fault of the page as it stands."""
    page.evaluate(_program())
    known = [[one.rule, one.selector] for one in KNOWN]
    faults: list[str] = page.evaluate(_FAULTS, [known, list(GRAVE)])
    return faults


@cache
def _program() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
