"""What a file says anew of months told before, as the commands print it."""

from __future__ import annotations

from typing import Any

from chanplan.commands import written
from chanplan.domain.restated import Restated, Takes


def as_json(restated: Restated | None, takes: Takes | None) -> dict[str, Any]:
    """{"restated": …}; {} where its source had told nothing of its months."""
    if restated is None:
        return {}
    return {
        "restated": {
            "takes": takes,
            "files": list(restated.files),
            "months": [written.month(month) for month in restated.months],
            "same": restated.same,
            "changed": restated.changed,
            "new": restated.new,
            "vanished": restated.vanished,
            "channels": [
                {"channel": channel, "before": written.plain(before), "now": written.plain(now)}
                for channel, before, now in restated.sums
            ],
            "absent": [
                {"member": member, "lines": lines, "net_sales": written.plain(paid)}
                for member, lines, paid in restated.absent
            ],
        }
    }
