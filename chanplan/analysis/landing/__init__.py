"""Where a period will land: what is still to come, with draws, odds, and a replay of the past."""

from chanplan.analysis.landing.ahead import outlooks
from chanplan.analysis.landing.course import Course, Outlook
from chanplan.analysis.landing.odds import interval, odds_step, odds_word, p_hit
from chanplan.analysis.landing.reconciling import reconciled
from chanplan.analysis.landing.replaying import replayed

__all__ = [
    "Course",
    "Outlook",
    "interval",
    "odds_step",
    "odds_word",
    "outlooks",
    "p_hit",
    "reconciled",
    "replayed",
]
