"""Parses one workbook in a process of its own, which may die without harm to anybody.

Started by `guard`; reads one JSON request from standard input, writes each sheet's rows to
staging and one JSON answer to standard output.
"""

from __future__ import annotations

import errno
import json
import sys
from typing import Any

from chanplan.domain.writing import is_full
from chanplan.ingest.reading import guard, markup, parsers

ENGINES = {
    "whole": parsers.whole,
    "streaming": parsers.streaming,
    "markup": markup.sheets,
    "parquet": parsers.copied_parquet,
}

# How it is said that no more memory is to be had.
_SHORT = ("allocate memory", "out of memory", "memory allocation", "failed to map segment")


def main() -> None:
    """Answer {"sheets": [...]} or {"fault": code}."""
    if "--ahead" in sys.argv:
        parsers.load_libraries()
    said = sys.stdin.read()
    if not said:
        return
    request = json.loads(said)
    _limit(request["memory"], request["seconds"])
    try:
        answer: dict[str, Any] = {"sheets": ENGINES[request["engine"]](request)}
    except MemoryError:
        answer = {"fault": "workbook_too_large"}
    except markup.NoTableError:
        answer = {"fault": "markup_not_table"}
    # Rust panics, which the parser has for some damaged files, derive from BaseException.
    except BaseException as fault:  # noqa: BLE001
        answer = {"fault": _code(fault), "detail": f"{type(fault).__name__}: {fault}"[:500]}
        answer["sheet"] = request.get("at_hand")
    json.dump(answer, sys.stdout)


def _code(fault: BaseException) -> str:
    if is_full(fault):
        return guard.NO_ROOM
    if _is_short_of_memory(fault):
        return "workbook_too_large"
    encrypted = "password" in f"{type(fault).__name__} {fault}".lower()
    return "workbook_encrypted" if encrypted else "workbook_damaged"


def _is_short_of_memory(fault: BaseException | None) -> bool:
    """Whether it, or what it came from, is the limit of memory under another name: libraries that
    are loaded late, and parsers in other languages, say it in words of their own."""
    while fault is not None:
        said = str(fault).lower()
        if isinstance(fault, MemoryError) or getattr(fault, "errno", None) == errno.ENOMEM:
            return True
        if any(word in said for word in _SHORT):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _limit(memory: int, seconds: int) -> None:
    """Address space and processor time, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
