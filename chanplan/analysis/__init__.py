"""A planner's questions, one per file: a query to ask, and pure functions on its answer."""
