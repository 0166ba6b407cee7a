"""What is unusual in a scope: asked, judged against its own history, one finding per cause."""

from chanplan.analysis.unusual.asking import DIMENSIONS, Sources, asked
from chanplan.analysis.unusual.candidate import Unusual
from chanplan.analysis.unusual.causes import Report, find
from chanplan.analysis.unusual.telling import finding, findings, page, shown_by

__all__ = [
    "DIMENSIONS",
    "Report",
    "Sources",
    "Unusual",
    "asked",
    "find",
    "finding",
    "findings",
    "page",
    "shown_by",
]
