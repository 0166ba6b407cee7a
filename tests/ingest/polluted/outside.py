"""Pollutions that an outside examiner brought: sums in other words, lost digits, odd headings."""

from __future__ import annotations

from datetime import date

from tests.ingest.polluted.draft import AMOUNT, CHANNEL, CUSTOMER, PRODUCT, Draft, Row
from tests.ingest.polluted.pollutions import ALL, POLLUTIONS, TEXT, Pollution, pollution, spoil
from tests.ingest.polluted.strange import total_row


def _sums(names: dict[str, tuple[int, str]]) -> None:
    """Sums with a date that say so by a word of another language, or by a name of the sheet;
    {0} is the first channel."""
    for name, (at, said) in names.items():

        def do(draft: Draft, at: int = at, said: str = said) -> None:
            first = next(row.truth[1].strip() for row in draft.data() if row.truth)
            draft.rows.append(Row(total_row(draft, at, said.format(first)), None, data=True))

        POLLUTIONS.append(Pollution(name, "below", ALL, do))


_sums(
    {
        "dated_sum_of_a_name": (CHANNEL, "{0}计"),
        "dated_total_of_a_name": (CHANNEL, "Total {0}"),
        "dated_starred_name": (CHANNEL, "* {0}"),
        "dated_zwischensumme": (PRODUCT, "Zwischensumme"),
        "dated_summary": (PRODUCT, "线上渠道汇总"),
        "dated_total_of_nobody": (PRODUCT, "Total e-commerce"),
        "dated_subtotal_of_customers": (CUSTOMER, "Subtotal"),
        "dated_rates": (PRODUCT, "同比"),
        "dated_rates_of_a_name": (CHANNEL, "{0} YoY%"),
    }
)


@pollution("codes")
def amount_digits_lost(draft: Draft) -> None:
    """Of 1.27E+05 nobody knows the last digits."""
    spoil(draft, AMOUNT, "1.27E+05", which=13)


@pollution("names")
def same_as_above(draft: Draft) -> None:
    if not draft.merges:
        spoil(draft, PRODUCT, "同上" if draft.language == "zh" else "ditto", which=6)


@pollution("header")
def framed_headings(draft: Draft) -> None:
    draft.header[-1] = [f"[{name}]" for name in draft.header[-1]]


@pollution("header")
def sorted_headings(draft: Draft) -> None:
    names = draft.header[-1]
    draft.header[-1] = [f"{name} ▲" if at == 0 else f"{name} ▼" for at, name in enumerate(names)]


@pollution("between", forms=TEXT)
def drawn_line(draft: Draft) -> None:
    draft.rows.insert(3, Row(["-----"] * 7, None, data=False))


@pollution("shape", forms=TEXT)
def cut_by_another_sign(draft: Draft) -> None:
    """A row between others whose cells semicolons divide: set aside, never taken for a remark."""
    row = draft.rows[11]
    row.cells, row.truth = ["2024-03-05;x;y;3;12.5;z;" + "n"], None


@pollution("second table", "rows", "fill_down")
def other_order_above(draft: Draft) -> None:
    """Two months put under each other, the columns of the first in another order; what was merged
    is blank."""
    names = list(draft.header[-1][:7])
    names[CHANNEL], names[AMOUNT] = names[AMOUNT], names[CHANNEL]
    first = [[str(date(2024, 2, at)), "5.5", "y", "1", "x", "z", ""] for at in (1, 2, 3)]
    draft.above[:0] = [names, *first]
    draft.merges.clear()
