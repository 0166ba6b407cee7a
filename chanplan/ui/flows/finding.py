"""What the page of customers in and out knows, or the sentence with which it stops."""

from __future__ import annotations

from chanplan.analysis import customer_flows
from chanplan.analysis.customer_flows import Flows
from chanplan.domain.period import Period
from chanplan.ui import figure, session, shell
from chanplan.ui.session import figures, say
from chanplan.ui.view import View


def find(view: View) -> Flows:
    """Customers by state and their ways; stops the page where none can be told, with the reason
    and what to do."""
    if blind := customer_flows.blind_filters(view.scope):
        names = [figure.dimension_name(name) for name in blind]
        shell.stop(say("flows.blind", filters=say("crumbs.join").join(names)))
    found = ask(view)
    if found.company is None:
        shell.stop(say("flows.no_customers"))
    return found


def ask(view: View) -> Flows:
    """The same where a page goes on without them; the filters must not be blind to customers."""
    flows, ways = customer_flows.questions(view.scope, base(view))
    return customer_flows.flows(session.ask(flows), session.ask(ways), view.scope)


def base(view: View) -> Period:
    """The months whose customers may be lost."""
    return customer_flows.base_of(view.period, view.base)


def file_name(view: View, title: str) -> str:
    """What a table of this page is saved under."""
    span = figures().span(view.period.first, view.period.last)
    return say("download.name", what=say(title), period=span)


def about(view: View) -> list[tuple[str, str]]:
    """The head line, for the downloads."""
    return [(say("download.about"), " · ".join(view.told))]
