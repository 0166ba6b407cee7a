"""A tree sums to the total whatever is known of its levels, and nobody is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from chanplan.analysis.hierarchy import TREES, Orphan, folded, told, tree
from chanplan.metrics.catalogue import catalogue

D = Decimal
LEVELS = TREES["sales"]


def answer(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*LEVELS, "net_sales"], dtype=object)


KNOWN = answer(
    ("一部", "王", "张", D(50)),
    ("一部", "王", "李", D(30)),
    ("一部", None, "赵", D(10)),  # of a department, of no manager
    (None, None, "钱", D(7)),  # of nobody
    (None, None, None, D(3)),  # no salesperson at all
)


def test_members_without_a_parent_are_nodes_with_their_money() -> None:
    found = tree(KNOWN, LEVELS)
    money = {path: node.money for path, node in found.nodes.items()}
    assert money[()] == 100
    assert money[("一部",)] == 90
    assert money["一部", None] == money["一部", None, "赵"] == 10
    assert money[None, None, "钱"] == 7
    assert found.orphans == (
        Orphan("salesperson", "赵", D(10)),
        Orphan("salesperson", "钱", D(7)),
    )
    leads, orphans, unnamed = told(found)
    assert (unnamed.values["value"], unnamed.values["share"]) == (D(3), D("0.03"))
    assert (leads.values["member"], leads.values["share"]) == ("一部", D("0.9"))
    assert orphans.values == {"count": 2, "value": D(17), "share": D("0.17")}


def test_the_levels_of_trees_are_dimensions_one_within_the_other() -> None:
    known = catalogue().dimensions
    assert all(level in known for levels in TREES.values() for level in levels)


def test_small_parts_are_put_together_and_nothing_is_lost() -> None:
    rows = [("一部", "王", f"员{at:02d}", D(at)) for at in range(1, 21)]
    found = folded(tree(answer(*rows), LEVELS), 5)
    leaves = [node for path, node in found.nodes.items() if len(path) == 3]
    assert len(leaves) == 6
    assert sum(node.money for node in leaves) == 210
    assert leaves[-1].others == 15


members = st.sampled_from(["甲", "乙", "丙", None])
rows = st.tuples(members, members, members, st.decimals(-100, 100, places=2))


@given(st.lists(rows, max_size=30), st.integers(1, 4))
def test_every_node_is_the_sum_of_its_parts_and_what_ends_there(
    drawn: list[tuple[Any, ...]], most: int
) -> None:
    for found in (made := tree(answer(*drawn), LEVELS), folded(made, most)):
        assert found.nodes[()].money == sum((row[3] for row in drawn), D(0))
        for path, node in found.nodes.items():
            below = [one for at, one in found.nodes.items() if at[:-1] == path and at]
            ends = sum((row[3] for row in drawn if _trim(row[:3]) == path), D(0))
            if below:
                assert node.money == sum(one.money for one in below) + ends
                assert node.size >= sum(one.size for one in below)


def _trim(path: tuple[Any, ...]) -> tuple[Any, ...]:
    while path and path[-1] is None:
        path = path[:-1]
    return path
