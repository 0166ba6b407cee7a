"""Things made in a thread of their own come in their order, and so do their faults."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chanplan.ingest.reading.ahead import ahead


def counted(until: int, made: list[int]) -> Iterator[int]:
    for one in range(until):
        made.append(one)
        yield one


def test_the_same_things_in_the_same_order():
    assert list(ahead(counted(50, []))) == list(range(50))
    assert list(ahead(iter([]))) == []
    assert list(ahead(iter([None, 0, b""]))) == [None, 0, b""]


def test_no_more_than_one_is_made_before_it_is_asked_for():
    made: list[int] = []
    coming = ahead(counted(50, made))
    assert next(coming) == 0
    coming.close()
    assert made in ([0], [0, 1])


def test_a_fault_comes_after_what_was_made_before_it():
    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("no text")

    seen = []
    with pytest.raises(ValueError, match="no text"):
        for one in ahead(failing()):
            seen.append(one)
    assert seen == [1]
