"""Where the buyers of a channel that grew came from, added to what a page has said already.

Told last: it reads every month of every customer, and nobody waits for it to see the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from chanplan.analysis import buyers, customer_flows
from chanplan.ui import findings
from chanplan.ui.findings import Sentences
from chanplan.ui.flows import finding
from chanplan.ui.view import View


def add(view: View, said: Sequence[Sentences]) -> None:
    """Say the first sentence about each channel that grew once more, with its buyers."""
    found = [each for sentences in said for each in sentences.found]
    if not any(map(buyers.channel_of, found)) or customer_flows.blind_filters(view.scope):
        return
    known = iter(buyers.beside(found, finding.ask(view)))
    for sentences in said:
        told = tuple(next(known) for _ in sentences.found)
        if told != sentences.found:
            findings.say_again(sentences, told, view.compare)
