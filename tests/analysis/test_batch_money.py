"""Where the money of imports is, worked by hand."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis.batch_money import placed

D = Decimal


def batches(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    """(table, loaded, counts) of imports 1, 2, …"""
    return pd.DataFrame(
        [
            {"batch": at, "table": table, "sum_loaded": D(loaded), "active": active,
             "rows_loaded": 2, "rows_set_aside": 1}
            for at, (table, loaded, active) in enumerate(rows, 1)
        ]
    )  # fmt: skip


def told(*rows: tuple[int, str, str, str]) -> pd.DataFrame:
    columns = ["batch", "counted", "apart", "refunded"]
    return pd.DataFrame([(at, *map(D, rest)) for at, *rest in rows], columns=columns, dtype=object)


def test_loaded_is_counted_and_what_is_not_and_why() -> None:
    found = placed(
        batches(
            ("sales", "100", True),  # all of it counts
            ("sales", "100", True),  # 30 of closed orders
            ("sales", "100", True),  # 5 refunded, the amounts were without it
            ("sales", "100", True),  # 5 refunded, paid 105 before
            ("sales", "100", True),  # 40 told again by a later file
            ("sales", "100", True),  # all of it told again
            ("sales", "100", False),
            ("sales", "0", True),  # items, to which an order's 80 have come
            ("returns", "0", True),
            ("products", "0", True),
        ),
        told(
            (1, "100", "0", "0"),
            (2, "70", "30", "0"),
            (3, "95", "0", "-5"),
            (4, "100", "0", "-5"),
            (5, "60", "0", "0"),
            (8, "80", "0", "0"),
            (9, "-20", "0", "-20"),
        ),
    )
    assert found[["counted", "apart", "refunded", "elsewhere", "uncounted", "state"]].to_numpy(
        dtype=object
    ).tolist() == [
        [100, 0, 0, 0, 0, "on"],
        [70, 30, 0, 0, 30, "on"],
        [95, 0, 5, 0, 5, "on"],
        [100, 0, 0, 0, 0, "on"],
        [60, 0, 0, 40, 40, "partly"],
        [0, 0, 0, 100, 100, "replaced"],
        [0, 0, 0, 100, 100, "off"],
        [80, 0, 0, -80, -80, "partly"],
        [-20, None, None, None, None, "on"],
        [None, None, None, None, None, "on"],
    ]


def test_a_file_of_which_nothing_could_be_read_counts_with_nothing() -> None:
    [row] = placed(batches(("sales", "0", True)).assign(rows_loaded=0), told()).to_dict("records")
    assert (row["counted"], row["uncounted"], row["state"]) == (0, 0, "aside")
