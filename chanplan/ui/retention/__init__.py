"""The page of who stays: cohorts, expected value, and the forecast of the past."""
