"""A closed month on a page: what was reported, what has changed, and closing or opening it."""

from chanplan.ui.closing.page import section

__all__ = ["section"]
