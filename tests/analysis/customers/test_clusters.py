"""Groups that buy alike: planted ones are found, told, and are the same whatever the order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_score

from chanplan.analysis.customers.clusters import OUTLIER, Choice, cluster, fitting
from chanplan.analysis.customers.clusters.choosing import search
from chanplan.analysis.customers.clusters.features import features
from chanplan.analysis.customers.clusters.grouping import group
from chanplan.analysis.customers.clusters.rules import rounded
from chanplan.analysis.customers.clusters.scaling import fitted
from chanplan.analysis.customers.clusters.silhouette import JUDGED, silhouettes
from chanplan.analysis.customers.clusters.sizing import beside
from chanplan.analysis.customers.clusters.stability import adjusted_rand
from chanplan.analysis.customers.clusters.story import Widest, widest
from tests.analysis.customers.cluster_facts import facts, planted

SIX = ["Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen"]


@pytest.fixture(scope="module")
def wholesale(shared: Path) -> pd.DataFrame:
    return pd.read_csv(shared / "wholesale_customers" / "wholesale_customers.csv")


def test_the_published_recipe_comes_out(wholesale: pd.DataFrame) -> None:
    """Natural log of six, five rows out, two principal components, k-means of two."""
    logs = np.log(wholesale[SIX]).drop([65, 66, 75, 128, 154]).to_numpy()
    inner = logs - logs.mean(axis=0)
    _, _, ways = np.linalg.svd(inner, full_matrices=False)
    places = inner @ ways[:2].T
    with fitting.one_thread():
        labels = fitting.kmeans(places, 2).labels(places)
        [apart] = silhouettes(places, [labels])
    assert sorted(np.bincount(labels)) == [177, 258]
    assert apart == pytest.approx(0.42628101546910835, abs=1e-14)


def test_the_channel_is_seen_from_spend_alone(wholesale: pd.DataFrame) -> None:
    """Better than k-means on the raw amounts, which sees nothing of it."""
    raw = wholesale[SIX].to_numpy(dtype=np.float64)
    with fitting.one_thread():
        plain = fitting.kmeans(raw, 2).labels(raw)
        spend = wholesale[SIX].astype(float)
        found = group(spend, dict.fromkeys(SIX, True), raw.sum(axis=1))
    ours = adjusted_rand_score(wholesale["Channel"], found.labels)
    baseline = adjusted_rand_score(wholesale["Channel"], plain)
    assert found.proposed == 2 and ours > 0.45 > 0.1 > baseline


def test_planted_groups_are_found_and_told() -> None:
    found = cluster(planted(), Choice())
    assert (found.verdict, found.k, found.proposed) == ("sound", 3, 3)
    assert found.sizes["customers"].tolist() == [120, 200, 280]
    assert found.labels["cluster"].value_counts().to_dict() == {0: 120, 1: 200, 2: 280}
    assert found.silhouette is not None and found.silhouette > 0.6
    assert found.stability == 1.0
    for rule in found.rules:
        assert rule.covers > 0.9 and rule.right > 0.95
    assert found.picture.cells["customers"].sum() == 600


def test_labels_do_not_hang_on_the_order_of_rows() -> None:
    known = planted()
    one, again = cluster(known, Choice()), cluster(known.sample(frac=1, random_state=1), Choice())
    pd.testing.assert_frame_equal(one.labels, again.labels, check_dtype=False)


def test_a_huge_one_stands_apart_and_the_others_keep_their_groups() -> None:
    known = planted()
    huge = facts(customer=["巨"], recency=[3], orders=[40], net=[10**12], categories=[9])
    found = cluster(pd.concat([huge, known], ignore_index=True), Choice())
    labels = dict(zip(found.labels["customer"], found.labels["cluster"], strict=True))
    before = cluster(known, Choice()).labels
    assert labels["巨"] == OUTLIER
    assert found.sizes["cluster"].tolist() == [0, 1, 2, OUTLIER]
    assert [labels[one] for one in before["customer"]] == before["cluster"].tolist()


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        (facts(net=[30, 20, 10]), "few"),
        (facts(net=[10] * 50), "alike"),
        (facts(net=[]), "few"),
    ],
)
def test_what_cannot_be_grouped_is_said(known: pd.DataFrame, verdict: str) -> None:
    found = cluster(known, Choice())
    assert (found.verdict, found.k, len(found.labels), len(found.sizes)) == (verdict, None, 0, 0)


def test_all_one_time_buyers_are_told_apart_by_the_rest() -> None:
    rng = np.random.default_rng(1)
    net = [*rng.integers(90, 110, 60), *rng.integers(4_000, 6_000, 40)]
    found = cluster(facts(net=net), Choice())
    assert dict(found.left_out) == {
        "recency": "constant", "frequency": "constant", "categories": "constant",
    }  # fmt: skip
    assert (found.features, found.k, found.verdict) == (("amount",), 2, "sound")


def test_noise_is_no_grouping() -> None:
    noise = np.random.default_rng(5).normal(size=(400, 6))
    columns = list("abcdef")
    with fitting.one_thread():
        frame = pd.DataFrame(noise, columns=columns)
        found = group(frame, dict.fromkeys(columns, False), noise[:, 0])
    assert found.verdict in ("weak", "unstable")


def test_traits_by_hand() -> None:
    one = facts(net=[80], orders=[4], returned=[20], discount=[25], net_year=[30],
                net_year_before=[50])  # fmt: skip
    names = ("order_value", "returns", "discount", "growth")
    told = features(one, names).iloc[0].to_dict()
    assert told == {"order_value": 20.0, "returns": 0.2, "discount": 0.2, "growth": -0.25}
    unknown = features(facts(net=[0]), names).iloc[0].isna().to_dict()
    assert unknown == {"order_value": False, "returns": True, "discount": True, "growth": True}


def test_robust_units_by_hand() -> None:
    """Quartiles 1 and 3 around 2: one unit is 2 / 1.349."""
    frame = pd.DataFrame({"a": [0.0, 1, 2, 3, 4], "b": [7.0] * 5, "c": [np.nan] * 5})
    scaled, out = fitted(frame, dict.fromkeys("abc", False))
    assert scaled.names == ("a",) and out == (("b", "constant"), ("c", "unknown"))
    assert scaled.units(frame)[:, 0] == pytest.approx(np.array([-2, -1, 0, 1, 2]) * 1.349 / 2)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(4, 60), st.integers(2, 4))
def test_the_measures_are_those_of_others(seed: int, rows: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    units = rng.normal(size=(rows, 3))
    one, other = (rng.permutation(np.arange(rows) % k) for _ in range(2))
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand_score(one, other))
    if k < rows:
        assert silhouettes(units, [one, other]) == pytest.approx(
            [silhouette_score(units, one), silhouette_score(units, other)]
        )


def test_many_rows_have_the_same_silhouette() -> None:
    """The quicker way of many rows against the exact one."""
    units = np.random.default_rng(2).normal(size=(JUDGED, 4))
    labels = np.asarray(units[:, 0] > 0, dtype=np.int64)
    with fitting.one_thread():
        [ours] = silhouettes(units, [labels])
    assert ours == pytest.approx(silhouette_score(units, labels), abs=1e-5)


def test_of_more_rows_some_are_judged_against_all() -> None:
    """Within the error that is stated, of the mean over every row."""
    units = np.random.default_rng(4).normal(size=(2 * JUDGED, 3))
    groupings = [np.asarray(units[:, at] > 0.5 * at, dtype=np.int64) for at in range(3)]
    with fitting.one_thread():
        ours = silhouettes(units, groupings)
    for one, labels in zip(ours, groupings, strict=True):
        assert one == pytest.approx(silhouette_score(units, labels), abs=0.01)


def test_what_stands_beside_a_group_by_hand() -> None:
    """Two customers in one group, one in another; who belongs to none counts for none."""
    labels = pd.DataFrame({"customer": ["a", "b", "c"], "cluster": [0, 0, 1]})
    columns = ["channel", "customer", "net", "margin", "costed", "net_year", "net_year_before"]
    mix = pd.DataFrame(
        [
            ("天猫", "a", 60.0, 12.0, 40.0, 30.0, 20.0),
            ("京东", "a", 20.0, None, None, 0.0, 20.0),
            (None, "b", 20.0, 3.0, 20.0, 18.0, 0.0),
            ("京东", "c", 5.0, None, None, 5.0, 0.0),
            ("京东", "x", 900.0, 1.0, 900.0, 900.0, 1.0),
        ],
        columns=columns,
    )
    told = beside(labels, mix)
    assert told[0] == pytest.approx(
        {"growth": 0.2, "margin": 0.25, "channel": "天猫", "share_channel": 0.6}
    )
    assert told[1] == {"growth": None, "margin": None, "channel": "京东", "share_channel": 1.0}


def test_more_groups_than_different_rows_are_not_tried() -> None:
    units = np.repeat([[0.0], [1.0], [5.0]], 20, axis=0)
    with fitting.one_thread():
        assert [one.k for one in search(units)] == [2]


@pytest.mark.parametrize(("value", "told"), [(3.5, 3), (0.01834, 0.018), (1834, 1800), (0, 0)])
def test_bounds_are_round(value: float, told: float) -> None:
    assert rounded(value) == told


def test_a_title_tells_the_widest_trait_and_its_ends() -> None:
    rows = [(0, "amount", 900.0, 3.0), (1, "amount", 10.0, -1.0), (OUTLIER, "amount", 9e9, 99.0)]
    rows += [(0, "recency", 5.0, 0.2), (1, "recency", 9.0, -0.2)]
    profile = pd.DataFrame(rows, columns=["cluster", "feature", "middle", "apart"])
    assert widest(profile) == Widest("amount", 0, 900.0, 1, 10.0)
    assert widest(profile[profile["cluster"] == 0]) is None
    assert widest(profile.iloc[:0]) is None


def test_prices_are_of_one_unit_and_channel_mix_is_a_share() -> None:
    """Two buy bottles, one cases; of 80 net 60 are in one channel; of nothing there is no share."""
    known = facts(
        customer=["a", "b", "c"], net=[80, 50, 0], price=[12.5, 3.0, 300.0],
        unit=["瓶", "瓶", "箱"], channel_net=[60, 50, 0],
    )  # fmt: skip
    told = features(known, ("price", "channel_share"))
    assert told["price"].tolist()[:2] == [12.5, 3.0] and np.isnan(told["price"][2])
    assert told["channel_share"].tolist()[:2] == [0.75, 1.0]
    assert np.isnan(told["channel_share"][2])
    assert features(facts(net=[1, 2]), ("price",))["price"].isna().all()
