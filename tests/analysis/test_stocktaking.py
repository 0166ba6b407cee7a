"""What the Data page says of its imports, worked by hand."""

import pandas as pd

from chanplan.analysis.stocktaking import far_off, stocktaking


def batches(*rows: tuple[str, int, int, bool, int | None, int | None]) -> pd.DataFrame:
    """(table, rows loaded, rows set aside, counts, first and last month) of one file each."""
    return pd.DataFrame(
        [
            {
                "sha256": str(at), "table": table, "rows_file": loaded + aside + 1,
                "rows_loaded": loaded, "rows_set_aside": aside, "rows_skipped": 1,
                "active": active, "first_month": first, "last_month": last,
                "batch": at, "repairs": None,
            }
            for at, (table, loaded, aside, active, first, last) in enumerate(rows)
        ]
    )  # fmt: skip


def test_everything_is_in() -> None:
    [loaded, covered] = stocktaking(
        batches(("sales", 9, 0, True, 202312, 202402), ("targets", 4, 0, True, None, None))
    )
    assert loaded.code == "all_loaded"
    assert {name: int(str(n)) for name, n in loaded.values.items()} == {
        "files": 2, "rows_file": 15, "rows_loaded": 13, "rows_set_aside": 0, "rows_skipped": 2,
    }  # fmt: skip
    assert covered.values == {"first": 202312, "last": 202402}


def test_what_is_set_aside_and_switched_off_is_told() -> None:
    found = stocktaking(
        batches(("sales", 9, 3, True, 202401, 202401), ("sales", 5, 0, False, 202301, 202312))
    )
    assert [finding.code for finding in found] == ["some_set_aside", "month_covered", "some_off"]
    assert found[1].values == {"month": 202401}  # what is off covers nothing
    assert found[2].values == {"count": 1}


def test_rows_that_came_back_mended_are_rows_of_their_file() -> None:
    """Of 3 rows set aside 1 came back, then 2, which speak; what is off says nothing."""
    told = batches(
        ("sales", 9, 3, True, 202401, 202401),
        ("sales", 1, 2, True, 202401, 202401),
        ("sales", 2, 1, True, 202401, 202401),
        ("sales", 3, 0, False, 202401, 202401),
    )
    told["repairs"] = [None, 0, 0, 0]
    found = stocktaking(told)[0]
    assert {name: int(str(n)) for name, n in found.values.items()} == {
        "files": 1, "rows_file": 13, "rows_loaded": 11, "rows_set_aside": 1, "rows_skipped": 1,
    }  # fmt: skip


def test_months_more_than_a_year_from_all_others_are_far_off() -> None:
    assert far_off([199901, 199909], 202401, 202412) and far_off([202602], 202401, 202412)
    assert not far_off([202301, 202302], 202401, 202412)  # just before
    assert not far_off([202512], 202401, 202412)  # a year after: a gap, no other time
    assert not far_off([201001, 202404], 202401, 202412) and not far_off([], 202401, 202412)
