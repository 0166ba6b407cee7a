"""What a page may hold on to: the open workspace, answers, and the reader's language.

These are the product's caches of data. Every entry is keyed by the data version, so a change
of data makes new entries; nobody ever clears one.
"""

from chanplan.ui.session.answers import (
    MOST_LINES,
    aside,
    ask,
    money_of_imports,
    personal,
    rests_on,
    sum_of_lines,
    unusual_in,
    worked_out,
)
from chanplan.ui.session.known import (
    bases,
    coverage,
    dated,
    events,
    has_data,
    is_dated,
    labels,
    members,
    suggestions,
    suggestions_of,
)
from chanplan.ui.session.opened import home, put_away, settings, workspace
from chanplan.ui.session.reader import (
    LANGUAGE_KEY,
    UNMASKED_KEY,
    figures,
    language,
    say,
    unmasked,
    usual_language,
)

__all__ = [
    "LANGUAGE_KEY",
    "MOST_LINES",
    "UNMASKED_KEY",
    "aside",
    "ask",
    "bases",
    "coverage",
    "dated",
    "events",
    "figures",
    "has_data",
    "home",
    "is_dated",
    "labels",
    "language",
    "members",
    "money_of_imports",
    "personal",
    "put_away",
    "rests_on",
    "say",
    "settings",
    "suggestions",
    "suggestions_of",
    "sum_of_lines",
    "unmasked",
    "unusual_in",
    "usual_language",
    "worked_out",
    "workspace",
]
