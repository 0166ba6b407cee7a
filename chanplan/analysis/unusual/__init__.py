"""What is unusual in a scope: asked, judged against its own history, one finding per cause."""

from chanplan.analysis.unusual.asking import DIMENSIONS, Sources, asked
from chanplan.analysis.unusual.causes import Report, find

__all__ = ["DIMENSIONS", "Report", "Sources", "asked", "find"]
