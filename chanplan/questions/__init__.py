"""Questions that the catalogue cannot express: one .sql file each, asked like a metric query."""

from chanplan.questions.question import Question

__all__ = ["Question"]
