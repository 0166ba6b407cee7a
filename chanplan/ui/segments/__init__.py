"""The page of segments: who carries the sales, who moved, what each type buys."""

from chanplan.ui.segments.page import show

__all__ = ["show"]
