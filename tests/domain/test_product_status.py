"""Which statuses of a product table mean that a product is no longer sold."""

import pytest

from chanplan.domain.product_status import is_delisted


@pytest.mark.parametrize(
    "status", ["停产", "已下架", " Discontinued ", "２０２４年退市", "End of Life"]
)
def test_delisted(status: str) -> None:
    assert is_delisted(status)


@pytest.mark.parametrize(
    "status", [None, "", "在售", "未下架", "active", "not discontinued", "新品"]
)
def test_not_known_to_be_delisted(status: str | None) -> None:
    assert not is_delisted(status)
