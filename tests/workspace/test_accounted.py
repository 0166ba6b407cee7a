"""What was loaded is what counts, what is no sale, what was refunded and what came back."""

from decimal import Decimal

import pytest

from chanplan.domain.recipe import Recipe
from chanplan.ingest.load import Counts
from chanplan.ingest.statements import Part
from chanplan.workspace import Joined, Outcome
from chanplan.workspace.accounted import Account, account

# 130 sold, 10 of it given back, 20 of a closed order, a gift for nothing: 140 in the file.
TYPES = {
    "sale": Part(3, Decimal(130)),
    "return": Part(1, Decimal(-10)),
    "not_a_sale": Part(2, Decimal(20)),
    "gift": Part(1, Decimal(0)),
}
COUNTS = Counts(7, 7, 0, 0, sum_loaded=Decimal(140), by_type=TYPES, refunds=Part(1, Decimal(5)))


def recipe(table: str = "sales", refund_is: str = "off") -> Recipe:
    return Recipe(table, "店", (), 1, {}, formats={"refund_is": refund_is})


@pytest.mark.parametrize(
    ("refund_is", "told"),
    [
        ("within", Account(Decimal(140), Decimal(120), Decimal(20), 3)),
        ("off", Account(Decimal(140), Decimal(115), Decimal(20), 3, Decimal(5))),
    ],
)
def test_every_unit_of_money_has_gone_somewhere(refund_is: str, told: Account) -> None:
    found = account(COUNTS, recipe(refund_is=refund_is))
    assert found == told and found.differs
    assert found.loaded == found.counted + found.apart + found.off + found.returned


def test_returns_of_another_sheet_come_off_and_plain_sales_need_no_words() -> None:
    plain = Counts(3, 3, 0, 0, sum_loaded=Decimal(130), by_type={"sale": TYPES["sale"]})
    assert not account(plain, recipe()).differs
    joined = Joined(return_lines=2, returned=Decimal(-30))
    sheet = Outcome("a.xlsx", "returns", 2, Counts(2, 2, 0, 0), recipe("returns"), joined=joined)
    found = account(plain, recipe(), [sheet])
    assert (found.counted, found.returned, found.differs) == (100, 30, True)
