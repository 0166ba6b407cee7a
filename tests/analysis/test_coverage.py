"""Source by month, worked by hand."""

from datetime import date

import pandas as pd

from chanplan.analysis import coverage


def told(*rows: tuple[str, int, int, date | None], **more: object) -> pd.DataFrame:
    """(source, month, lines that count, last day told of) of one file each."""
    return pd.DataFrame(
        [
            {
                "source": source, "basis": "order", "month": month, "files": 1, "loaded": 5,
                "counted": counted, "restated": False, "covered_to": day, "closed": False,
            } | more
            for source, month, counted, day in rows
        ]
    )  # fmt: skip


def states(shown: pd.DataFrame) -> dict[tuple[str, int], str]:
    return {(row.source, row.month): row.state for row in shown.itertuples()}


TOLD = told(
    ("a", 202401, 5, date(2024, 1, 31)),
    ("a", 202403, 5, date(2024, 3, 14)),
    ("b", 202402, 0, date(2024, 2, 29)),
    ("b", 202403, 4, date(2024, 3, 31)),
)


def test_every_month_of_every_source_has_a_state() -> None:
    assert states(coverage.grid(TOLD)) == {
        ("a", 202401): "loaded", ("a", 202402): "missing", ("a", 202403): "partial",
        ("b", 202401): "before", ("b", 202402): "off", ("b", 202403): "loaded",
    }  # fmt: skip


def test_a_source_that_stops_is_missing_to_the_last_month_of_all() -> None:
    shown = coverage.grid(
        told(("a", 202401, 5, date(2024, 1, 31)), ("b", 202401, 5, None), ("b", 202402, 5, None))
    )
    assert states(shown)["a", 202402] == "missing"


def test_a_source_that_has_told_of_nothing_for_a_year_is_no_longer_waited_for() -> None:
    old, new = ("a", 202401, 5, None), ("b", 202401, 5, None)
    year = states(coverage.grid(told(old, new, ("b", 202501, 5, None))))
    assert year["a", 202402] == year["a", 202501] == "missing"
    more = states(coverage.grid(told(old, new, ("b", 202502, 5, None))))
    assert more["a", 202402] == more["a", 202502] == "ended"
    assert more["b", 202412] == "missing"
    shown = coverage.grid(told(old, new, ("b", 202602, 5, None)))
    assert coverage.quiet(shown) == () and coverage.quiet(coverage.newest(shown)) == ("a",)


def test_restated_and_closed_are_kept_apart() -> None:
    frame = told(("a", 202401, 5, date(2024, 1, 31)), restated=True, closed=True)
    [row] = coverage.grid(frame).to_dict("records")
    assert (row["state"], row["closed"], row["lines"]) == ("restated", True, 5)


def test_the_newest_gap_is_named() -> None:
    found = coverage.gaps(coverage.grid(TOLD))
    assert found is not None
    assert found.code == "coverage_gaps"
    assert found.values == {"count": 2, "source": "a", "last": 202403}
    whole = coverage.gaps(coverage.grid(told(("a", 202401, 5, date(2024, 1, 31)))))
    assert whole is not None and (whole.code, whole.values) == ("coverage_whole", {"count": 1})
    assert coverage.gaps(coverage.grid(told())) is None


def test_only_the_newest_months_are_drawn() -> None:
    shown = coverage.newest(coverage.grid(TOLD), most=2)
    assert sorted(set(shown["month"])) == [202402, 202403]
