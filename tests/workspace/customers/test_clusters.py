"""Clusters in a store: names stay when a month is added, are given by people, and outlive all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chanplan.analysis.customers.clusters import Choice
from chanplan.analysis.customers.facts import Asked
from chanplan.domain.errors import ClusterNameError
from chanplan.workspace import Workspace
from chanplan.workspace.customers import cluster_names
from chanplan.workspace.customers.clusters import Clustered
from tests.workspace.customers.cluster_stores import SCOPE, bought, kinds, laid


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid(tmp_path_factory.mktemp("clusters") / "home", kinds())


def clustered(space: Workspace, choice: Choice | None = None) -> Clustered:
    [one] = space.customers.populations(SCOPE)
    return space.customers.clustered(asked(space, one.population), choice)


def asked(space: Workspace, population: str) -> Asked:
    return Asked(population, SCOPE, space.customers.data_date(SCOPE))


def test_names_given_by_people_stay_when_a_month_is_added(tmp_path: Path) -> None:
    home = laid(tmp_path / "home", kinds())
    with Workspace.open(home) as space:
        first = clustered(space)
        assert first.found.k == 3 and first.last is None
        assert first.found.sizes["customers"].tolist() == [14, 14, 14]
        population = space.customers.population(SCOPE)
        cluster_names.keep(space, population, first.found, first.named)
        which = first.named.known[1].id
        cluster_names.call(space, population, which, "  社区  小店 ")
        before = first.named
    month = [date(2025, 1, 6), date(2025, 1, 18)]
    rows = [row for at in range(14) for row in bought(f"大客{at:02d}", month, 5_200, 4)]
    rows += [row for at in range(14) for row in bought(f"常客{at:02d}", month[:1], 65, 2)]
    laid(home, rows, "一月.csv")
    with Workspace.open(home) as space:
        again = clustered(space)
        assert again.last is not None and again.last.undo == "renamed"
        assert (again.named.fresh, again.named.gone) == ((), ())
        told = [(one.id, one.name, one.called) for one in again.named.known.values()]
        assert told == [(one.id, one.name, "社区 小店" if one.id == which else None)
                        for one in before.known.values()]  # fmt: skip


def test_names_are_there_after_a_rebuild_and_can_be_taken_back(tmp_path: Path) -> None:
    home = laid(tmp_path / "home", kinds(8))
    with Workspace.open(home) as space:
        found = clustered(space)
        population = space.customers.population(SCOPE)
        cluster_names.keep(space, population, found.found, found.named)
        cluster_names.keep(space, population, found.found, found.named)  # nothing new
        cluster_names.call(space, population, 1, "大户")
        kept, sums = cluster_names.last(space.store, population), space.checksums()
        told = [(deed.code, deed.values["names"]) for deed in space.history()[:2]]
        assert told == [("clusters_renamed", ("大户",)), ("clusters_kept", ())]
    for file in home.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(home) as space:
        assert cluster_names.last(space.store, population) == kept
        assert space.checksums() == sums
        cluster_names.take_back(space, population)
        cluster_names.take_back(space, population)  # once
        last = cluster_names.last(space.store, population)
        assert last is not None and last.undo is None
        assert {one.called for one in last.fit.known} == {None}


def test_the_same_data_gives_the_same_labels(home: Path) -> None:
    with Workspace.open(home) as space:
        one = clustered(space).found
    with Workspace.open(home) as space:
        again = clustered(space).found
    assert one.labels.equals(again.labels) and one.search.equals(again.search)


def test_names_that_are_none_are_refused(tmp_path: Path) -> None:
    with Workspace.open(laid(tmp_path / "home", kinds(8))) as space:
        population = space.customers.population(SCOPE)
        with pytest.raises(ClusterNameError, match="cluster_gone"):
            cluster_names.call(space, population, 1, "大户")
        found = clustered(space)
        cluster_names.keep(space, population, found.found, found.named)
        cluster_names.call(space, population, 1, "大户")
        before = space.version
        for which, name, code in ((2, "大户", "taken"), (2, "长" * 31, "long"), (9, "a", "gone")):
            with pytest.raises(ClusterNameError, match=f"cluster_(name_)?{code}"):
                cluster_names.call(space, population, which, name)
        cluster_names.call(space, population, 1, "大户")
        assert space.version == before
        cluster_names.call(space, population, 1, " ")
        last = cluster_names.last(space.store, population)
        assert last is not None and last.fit.known[0].called is None
