"""Closing a month: what stands of it, its snapshots, and what has changed since."""

from chanplan.workspace.closing.closings import Closings

__all__ = ["Closings"]
