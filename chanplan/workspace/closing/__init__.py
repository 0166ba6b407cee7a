"""Closing a month: what stands of it, its snapshots, and what has changed since."""

from chanplan.workspace.closing.closings import Closings
from chanplan.workspace.closing.difference import Difference, difference

__all__ = ["Closings", "Difference", "difference"]
