"""The questions behind the channel and product pages."""

from chanplan.analysis import channel_mix, product_mix
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope

SCOPE = Scope(Period(202401, 202403))


def test_channels() -> None:
    assert channel_mix.query(SCOPE).by == ("channel",)
    assert channel_mix.over_time_query(SCOPE).by == ("month", "channel")
    for dimension in channel_mix.BEHIND:
        asked = channel_mix.behind_query(SCOPE, "天猫", dimension, "previous")
        assert (asked.by, asked.compare) == ((dimension,), "previous")
        assert asked.scope.where == (("channel", ("天猫",)),)


def test_products() -> None:
    assert product_mix.query(SCOPE).by == ("category",)
    within = product_mix.within_query(SCOPE, "饮料")
    assert (within.by, within.scope.where) == (("product",), (("category", ("饮料",)),))
    assert product_mix.over_time_query(SCOPE, "product").by == ("month", "product")
    for dimension in product_mix.BEHIND:
        asked = product_mix.behind_query(SCOPE, "A1", dimension)
        assert (asked.by, asked.scope.where) == ((dimension,), (("product", ("A1",)),))
