"""Names by traits, none alike; they stay when the data goes on, and a new group gets a new one."""

from __future__ import annotations

import json

import pandas as pd

from chanplan.analysis.customers.clusters import Choice, cluster
from chanplan.analysis.customers.clusters.keeping import read, written
from chanplan.analysis.customers.clusters.matching import named, renamed
from chanplan.analysis.customers.clusters.naming import Name, names
from tests.analysis.customers.cluster_facts import facts, planted


def profile(*rows: tuple[int, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["cluster", "feature", "apart"])


def test_names_say_what_sets_apart_most() -> None:
    told = profile(
        (0, "amount", 2.4), (0, "frequency", 1.0), (0, "channels", 0.6), (0, "recency", -0.5),
        (1, "amount", -1.0), (1, "channels", 0.2), (2, "recency", 0.4),
    )  # fmt: skip
    assert names(told) == {
        0: Name((("frequency", 1), ("amount", 2), ("channels", 1))),
        1: Name((("amount", -1),)),
        2: Name(()),
    }


def test_no_two_names_are_alike() -> None:
    """A fourth trait tells two apart; where none does, a number."""
    three = [("amount", 1.5), ("frequency", 1.4), ("recency", -1.3)]
    told = profile(
        *((cluster, name, apart) for cluster in range(3) for name, apart in three),
        (1, "categories", 1.2),
    )
    found = names(told.sort_values("cluster", kind="stable"))
    assert len(set(found.values())) == 3
    assert ("categories", 1) in found[1].traits
    assert sorted(name.number for name in found.values()) == [0, 0, 2]


def test_names_stay_when_a_month_is_added() -> None:
    first = cluster(planted(), Choice())
    last = named(first, None)
    kept = renamed(last.kept(first.scaling), last.known[1].id, "社区小店")
    later = planted((130, 190, 300), seed=8)
    later["recency"] = later["recency"] + 30
    again = named(cluster(later, Choice()), kept)
    assert (again.fresh, again.gone) == ((), ())
    assert [one.id for one in again.known.values()] == [one.id for one in last.known.values()]
    assert [one.name for one in again.known.values()] == [one.name for one in last.known.values()]
    assert again.known[1].called == "社区小店"


def test_a_new_group_gets_a_new_name() -> None:
    first = cluster(planted(), Choice())
    last = named(first, None)
    fresh_ones = range(90)
    more = facts(
        customer=[f"新{at}" for at in fresh_ones],
        recency=[200 + at % 9 for at in fresh_ones],
        orders=[30 + at % 5 for at in fresh_ones],
        net=[50 + at % 7 for at in fresh_ones],
        categories=[12] * 90,
    )
    both = pd.concat([planted(), more], ignore_index=True)
    again = named(cluster(both, Choice(k=4)), last.kept(first.scaling))
    [fresh] = again.fresh
    assert again.known[fresh].id == last.next_id
    assert len({(one.name, one.called) for one in again.known.values()}) == 4
    kept = {at for at, one in again.known.items() if one.id != again.known[fresh].id}
    before = {one.name for one in last.known.values()}
    assert {again.known[at].name for at in kept} == before


def test_groups_that_went_are_told() -> None:
    first = cluster(planted(), Choice())
    last = named(first, None)
    again = named(cluster(planted((150, 250, 0)), Choice()), last.kept(first.scaling))
    assert [one.id for one in again.gone] == [last.known[2].id]


def test_other_traits_are_compared_by_those_both_have() -> None:
    first = cluster(planted(), Choice())
    last = named(first, None)
    again = named(cluster(planted(), Choice(("frequency", "amount"))), last.kept(first.scaling))
    assert [one.id for one in again.known.values()] == [1, 2, 3]


def test_a_fit_is_written_and_read() -> None:
    choice = Choice(("growth", "amount", "frequency"), 3)
    first = cluster(planted(), choice)
    kept = renamed(named(first, None).kept(first.scaling), 2, "小店")
    body = json.loads(json.dumps(written(kept, choice), allow_nan=False))
    assert read(body) == (kept, choice)
