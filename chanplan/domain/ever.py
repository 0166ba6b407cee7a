"""Since ever, as a day: no file has an earlier one (ingest/forms.py)."""

from __future__ import annotations

from datetime import date

EVER = date(1990, 1, 1)
