"""Parses workbooks in a process of its own, which may die without harm to anybody.

Started by `parser_process`; reads a JSON request from each line of standard input, writes each
sheet's rows to staging and a line of JSON to standard output.
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
    """Answer each line {"sheets": [...]} or {"fault": code}."""
    if "--ahead" in sys.argv:
        parsers.load_libraries()
    for said in sys.stdin:
        sys.stdout.write(f"{json.dumps(_answer(json.loads(said)))}\n")
        sys.stdout.flush()


def _answer(request: dict[str, Any]) -> dict[str, Any]:
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
    return answer


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
    """Address space, and processor time from here, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # there `parser_process` looks
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
