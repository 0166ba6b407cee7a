"""Everything that can go wrong and that a person is told, each kind once.

An error carries a `code` and the `values` of its sentence. The sentence itself, in the
reader's language, stands in the word files under `errors.<code>`: what was found, where,
and what to do. Nothing here knows a language, so nothing here imports one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chanplan.domain.restated import Restated


class ChanplanError(Exception):
    """A fault with a sentence for the person; every class below is raised on purpose."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values


class StoreBusyError(ChanplanError):
    """Raised by the store when another process holds it; values: pid, home."""


class StoreFaultError(ChanplanError):
    """Raised by the store when it cannot go on: disk full, damaged, too new, interrupted."""


class StoreOutdatedError(StoreFaultError):
    """Raised by the store for a database that an older program made; the workspace makes it
    anew from originals and journal, so no person is told."""


class BackupError(ChanplanError):
    """Raised by backup and restore: a file that is no whole backup, or a place that is taken."""


class ForgetError(ChanplanError):
    """Raised by forget for a column or batch that is not there, or that figures need."""


class BadSettingError(ChanplanError):
    """Raised by settings for a value the environment gives that cannot be meant."""


class UnreadableFileError(ChanplanError):
    """Raised by ingest.read when bytes are no table we can read; says which line or why."""


class UnrecognisedTableError(ChanplanError):
    """Raised by ingest.recognise when no table of the business fits what was read."""


class CancelledError(ChanplanError):
    """Raised by an import that a person has stopped; nothing of it stays."""


class TableBelowError(ChanplanError):
    """Raised by the workspace when a large file turns out, while it is loaded, to hold a second
    table; `line` is that of its headings in `sheet`. Looked at again, the file asks which table
    is meant."""

    def __init__(self, code: str, sheet: str | None, line: int, **values: object) -> None:
        super().__init__(code, line=line, **values)
        self.sheet = sheet
        self.line = line


class QuestionOpenError(ChanplanError):
    """Raised by ingest.load when a person must answer first: which channel, which date order …"""


class RestatedError(ChanplanError):
    """Raised by the workspace when a file repeats lines that its source has told before and
    nobody has said what becomes of those; `restated` holds both beside each other."""

    def __init__(self, code: str, restated: Restated, **values: object) -> None:
        super().__init__(code, **values)
        self.restated = restated


class MonthClosedError(ChanplanError):
    """Raised by the store when a change would move a figure of a closed month; values: months."""


class ClosingError(ChanplanError):
    """Raised by the workspace for a month that cannot be closed, or opened, as asked."""


class AdjustmentError(ChanplanError):
    """Raised by the workspace for an adjustment of sales that nobody could follow later."""


class MatchError(ChanplanError):
    """Raised by the workspace for two names that cannot be matched, or taken apart, as asked."""


class ClusterNameError(ChanplanError):
    """Raised by the workspace for a name that no group of customers can have."""


class TargetError(ChanplanError):
    """Raised by plans and the workspace for a plan that cannot be split or saved as asked, or a
    version that is not there."""


class BadQueryError(ChanplanError):
    """Raised by metrics for a measure, dimension or period that is not in the catalogue."""


class ViewNameError(ChanplanError):
    """Raised by the workspace for the name of a view that is empty, too long or taken."""


class CareError(ChanplanError):
    """Raised by the workspace for a care item, or a line of the playbook, that cannot be kept as
    asked; what somebody else has changed meanwhile is no error but an answer."""
