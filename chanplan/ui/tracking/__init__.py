"""The page of targets: what is chosen, the state, and one file for each part of the page."""

from chanplan.ui.tracking.choice import adds_up
from chanplan.ui.tracking.page import page
from chanplan.ui.tracking.state import found

__all__ = ["adds_up", "found", "page"]
