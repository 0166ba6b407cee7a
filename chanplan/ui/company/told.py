"""What holds today, in one sentence: the side of the tax, and how many rates and rules."""

from __future__ import annotations

from chanplan.ui.session import say, workspace
from chanplan.workspace import ruling


def headline() -> str:
    """The first sentence of the page."""
    space = workspace()
    counts = {kind: len(ruling.said(space.store, kind)) for kind in ("tax_rates", "line_rules")}
    said = space.company.said.tax
    side = say(f"tax.{said}") if said else say("company.tax_unsaid")
    return say("company.headline", side=side, rates=counts["tax_rates"],
               rules=counts["line_rules"])  # fmt: skip
