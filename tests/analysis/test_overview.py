"""Key figures beside their base."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis import overview
from chanplan.analysis.overview import Kpi
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.catalogue import catalogue

D = Decimal
MEASURES = catalogue().measures


def one_row(**cells: str | None) -> pd.DataFrame:
    read = {name: [None if cell is None else D(cell)] for name, cell in cells.items()}
    return pd.DataFrame(read, dtype=object)


def test_every_key_figure_is_in_the_catalogue() -> None:
    assert set(overview.KPIS) <= set(MEASURES)
    asked = overview.query(Scope(Period(202403, 202403)))
    assert (asked.measures, asked.by, asked.compare) == (overview.KPIS, (), "last_year")
    assert overview.by_month_query(asked.scope).by == ("month",)


def test_amounts_grow_and_rates_move_by_points() -> None:
    frame = one_row(
        net_sales="120", net_sales__base="100", discount_rate="0.30", discount_rate__base="0.25"
    )
    assert overview.kpis(frame, MEASURES) == [
        Kpi("net_sales", "money", D(120), D(100), D("0.2"), "growth", good=True),
        Kpi("discount_rate", "rate", D("0.30"), D("0.25"), D("0.05"), "points", good=False),
    ]


def test_no_base_no_change() -> None:
    [kpi] = overview.kpis(one_row(net_sales="120"), MEASURES)
    assert (kpi.base, kpi.change, kpi.good) == (None, None, None)


def test_a_base_of_zero_and_an_unchanged_figure() -> None:
    [kpi] = overview.kpis(one_row(net_sales="1", net_sales__base="0"), MEASURES)
    assert (kpi.change, kpi.good) == (None, None)
    [kpi] = overview.kpis(one_row(net_sales="1", net_sales__base="1"), MEASURES)
    assert (kpi.change, kpi.good) == (D(0), None)


def test_what_is_unknown_on_both_sides_is_left_out() -> None:
    assert overview.kpis(one_row(net_sales=None, net_sales__base=None), MEASURES) == []
    assert overview.kpis(one_row().iloc[0:0], MEASURES) == []
