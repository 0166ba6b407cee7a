"""What kinds of line there are, and which of them make net sales."""

from __future__ import annotations

LINE_TYPES = ("sale", "return", "gift", "transfer", "adjustment", "freight", "not_a_sale")
# Those that make net sales (docs/metrics.md).
COUNTED = ("sale", "return", "adjustment", "freight")
