"""Moves, maps and tastes of a handful of customers, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis.customers import affinity, facts, migration, rfm, segment_map, segments_story
from chanplan.ui.population import ends_of_quarters


def labels(**of: tuple[str, float]) -> pd.DataFrame:
    rows = [(name, segment, money, 5, 2) for name, (segment, money) in of.items()]
    names = ["customer", "segment", "monetary", "recency", "frequency"]
    return pd.DataFrame(rows, columns=names)


BEFORE = labels(a=("important_value", 100), b=("important_value", 50), c=("few_orders", 5))
NOW = labels(
    a=("important_keep", 100), b=("important_value", 70), c=("general_develop", 9),
    d=("few_orders", 3),
)  # fmt: skip


def test_a_matrix_tells_every_way_and_sums_to_both_days() -> None:
    ways = migration.matrix(migration.moves(BEFORE, NOW), [*rfm.SEGMENTS])
    assert [*ways.itertuples(index=False, name=None)] == [
        ("important_value", "important_value", 1, 50.0, 70.0),
        ("important_value", "important_keep", 1, 100.0, 100.0),
        ("few_orders", "general_develop", 1, 5.0, 9.0),
        ("not_yet", "few_orders", 1, 0.0, 3.0),
    ]
    assert ways["money_before"].sum() == 155 and ways["money"].sum() == 182


def test_who_is_there_no_more_is_gone() -> None:
    ways = migration.matrix(migration.moves(NOW, BEFORE), [*rfm.SEGMENTS])
    gone = ways[ways["now"] == migration.GONE]
    assert gone["was"].tolist() == ["few_orders"] and gone["money"].sum() == 0


def test_the_valuable_who_moved_down_and_why() -> None:
    down = migration.fallen(migration.moves(BEFORE, NOW))
    assert down["customer"].tolist() == ["a"]
    told = segments_story.fallen(down)
    assert told == segments_story.Fallen(1, 100.0, "away", 1, "a")
    assert segments_story.fallen(down.head(0)) is None


@pytest.mark.parametrize(
    ("was", "now", "down"),
    [
        ("important_value", "important_keep", "away"),
        ("important_value", "important_develop", "rarer"),
        ("important_value", "general_value", "outdone"),
        ("important_keep", "important_winback", "rarer"),
        ("important_develop", "general_winback", "away"),
        ("important_keep", "important_value", None),
        ("important_keep", "general_value", None),
        ("important_develop", "important_value", None),
        ("general_value", "general_winback", None),
        ("important_value", "important_value", None),
        ("important_value", "gone", None),
    ],
)
def test_down_is_longer_away_less_often_or_outdone(was: str, now: str, down: str | None) -> None:
    assert rfm.moved_down(was, now) is (down is not None)
    if down:
        assert segments_story.why(was, now) == down


def parts(*rows: tuple[str, str, int]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["customer", "channel", "net"])
    return found.assign(
        margin=[Decimal(row[2]) / 2 for row in rows],
        costed=found["net"],
        net_year=found["net"],
        net_year_before=[Decimal(row[2]) * 2 for row in rows],
    )


PARTS = parts(("a", "x", 60), ("a", "y", 40), ("b", "x", 70), ("c", "y", 9), ("z", "y", 1000))


def test_a_map_tells_size_sales_margin_and_growth() -> None:
    sizes = segment_map.sizes(NOW, PARTS, rfm.SEGMENTS)
    first = sizes.iloc[0].to_dict()
    assert first["segment"] == "important_value" and first["customers"] == 1
    assert first["share_customers"] == 0.25 and first["net"] == 70
    assert first["share"] == pytest.approx(70 / 179) and first["average"] == 70
    assert first["margin_rate"] == 0.5 and first["growth"] == -0.5
    # 丁 has a type and no part: it bought nothing that counts.
    assert sizes["segment"].tolist()[-1] == "few_orders" and sizes["net"].iloc[-1] == 0
    assert segments_story.carried(sizes) == segments_story.Carried(2, 0.5, pytest.approx(170 / 179))


def test_a_mix_tells_where_the_money_of_a_type_is() -> None:
    lie = segment_map.mix(NOW, PARTS, "channel")
    own = lie[lie["segment"] == "important_keep"]
    assert own["member"].tolist() == ["x", "y"] and own["share"].tolist() == [0.6, 0.4]


def test_states_that_a_reader_must_know() -> None:
    few = segment_map.sizes(NOW.assign(segment="few_orders"), PARTS, rfm.SEGMENTS)
    assert segments_story.state(few, 0.1) == "one_time"
    some = segment_map.sizes(NOW, PARTS, rfm.SEGMENTS)
    assert segments_story.state(some, 0.99) == "dominant"
    assert segments_story.state(some, 0.3) == "tiny"
    many = some.assign(customers=100)
    assert segments_story.state(many, 0.3) is None
    assert segment_map.concentrated(NOW) == ("a", pytest.approx(100 / 182))
    assert segment_map.concentrated(NOW.assign(monetary=0.0)) is None


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 40)), min_size=1, max_size=60))
def test_each_customer_lies_in_one_cell_of_the_map(points: list[tuple[int, int]]) -> None:
    frame = pd.DataFrame(points, columns=["recency", "frequency"]).assign(monetary=1.0)
    dense = segment_map.density(frame)
    assert dense["customers"].sum() == len(points) == dense["money"].sum()
    for recency, often in points:
        inside = dense[
            dense["recency_from"].le(recency) & dense["recency_to"].ge(recency)
            & dense["often_from"].le(often) & dense["often_to"].ge(often)
        ]  # fmt: skip
        assert len(inside) == 1
    assert dense["recency_from"].nunique() <= segment_map.CELLS


def baskets() -> tuple[pd.DataFrame, pd.DataFrame]:
    """100 of one type: 60 buy 茶, 40 of whom also 酒, 50 buy 酒; 100 of another buy only 盒."""
    rows = [("one", f"p{at}", "茶") for at in range(60)]
    rows += [("one", f"p{at}", "酒") for at in range(20, 70)]
    rows += [("two", f"q{at}", "盒") for at in range(100)]
    told = pd.DataFrame(rows, columns=["segment", "customer", "category"])
    who = pd.DataFrame(
        {"customer": [f"p{at}" for at in range(100)] + [f"q{at}" for at in range(100)]}
    )
    who["segment"] = np.where(who["customer"].str.startswith("p"), "one", "two")
    return who, told.drop(columns="segment").assign(bought=1, net=1.0)


def test_an_index_compares_the_buyers_of_a_type_with_all() -> None:
    liked = affinity.preferences(*baskets(), "category").set_index(["segment", "item"])
    tea = liked.loc[("one", "茶")]
    assert tea["buyers"] == 60 and tea["reach"] == 0.6 and tea["overall"] == 0.3
    assert tea["index"] == 200 and tea["expected"] == 30 and not tea["is_small"]
    assert liked.loc[("two", "茶"), "buyers"] == 0 and liked.loc[("two", "茶"), "index"] == 0
    assert liked.loc[("one", "酒"), "is_small"]  # 25 are expected


def test_the_next_best_has_its_evidence() -> None:
    best = affinity.next_best(*baskets(), "category")
    (row,) = best.to_dict("records")
    # 酒 after 茶: 40 of 60, against 50 of 100; 20 lack it. 茶 after 酒: 40 of 50, 10 lack it.
    assert (row["segment"], row["item"], row["after"]) == ("one", "酒", "茶")
    assert (row["both"], row["n"], row["missing"]) == (40, 60, 20)
    assert row["share"] == pytest.approx(2 / 3) and row["lift"] == pytest.approx(4 / 3)
    assert not row["is_small"]
    whom = affinity.without(*baskets(), "category", "酒", "茶", "one")
    assert sorted(whom) == sorted(f"p{at}" for at in range(20))


def test_quarters_end_before_the_day() -> None:
    found = ends_of_quarters(date(2024, 5, 10), 202306)
    assert found == [date(2024, 3, 31), date(2023, 12, 31), date(2023, 9, 30), date(2023, 6, 30)]
    assert ends_of_quarters(date(2024, 3, 31), 202312) == [date(2023, 12, 31)]


def test_populations_say_why() -> None:
    rows = [("outlet", 3, 3, Decimal(5)), ("consumer", 3, 1, None), ("partner", 1, 1, Decimal(1))]
    found = facts.counted(rows)  # type: ignore[arg-type]
    assert [(one.population, one.why) for one in found] == [
        ("partner", "partners"), ("outlet", "told"), ("consumer", "both")]  # fmt: skip
    kinds = facts.sorted_out(["终端", "会员", "经销商", "别的"])
    assert kinds == facts.Kinds(("终端",), ("会员",), ("经销商",))
