"""Days that Excel has taken for months are seen, though few of a month's dates are early enough."""

from __future__ import annotations

from chanplan.ingest.written_dates import swapped

TEXTS = [f"{day}/03/2024" for day in range(13, 32)]


def test_one_date_that_fits_only_the_other_way_round_tells() -> None:
    assert swapped([*TEXTS, "2024-07-03"]) == TEXTS[0]
    assert swapped([*TEXTS, "2024-07-03", "2024-05-03"]) == TEXTS[0]
    assert swapped([*TEXTS, "2024-07-03", "2024-03-03", "2024-03-17"]) == TEXTS[0]


def test_dates_of_the_month_itself_or_of_another_are_no_sign() -> None:
    assert swapped([*TEXTS, "2024-03-07"]) is None
    assert swapped([*TEXTS, "2024-04-05"]) is None
    assert swapped([*TEXTS, "2024-03-03"]) is None
    assert swapped([*TEXTS, "2024-07-03", "2024-04-05"]) is None
    assert swapped(TEXTS) is None
