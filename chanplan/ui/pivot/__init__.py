"""The pivot on a page: choices, one sentence, the chart, the table."""

from chanplan.ui.pivot.page import show

__all__ = ["show"]
