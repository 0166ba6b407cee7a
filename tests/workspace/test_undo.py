"""Whatever is switched off and on, in whatever order: the store is a matter of what counts now."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chanplan.settings import Settings
from chanplan.store.checksums import POSITION
from chanplan.workspace import Workspace

HEAD = "渠道,日期,订单号,产品编码,客户,省份,数量,单位,金额\n"
# Two months of one shop, the second told again by a file that takes its place; another shop;
# returns of its orders; products, regions and sources, which say how the others count.
FILES = {
    "天猫.csv": HEAD + "天猫,2024-01-03,10000001,p1,甲,浙江,2,箱,100\n"
    "天猫,2024-02-03,10000002,p1,乙,浙江,3,瓶,70\n天猫,2024-02-09,10000002,p2,乙,广东,1,瓶,7\n",
    "天猫 二月.csv": HEAD + "天猫,2024-02-03,10000002,p1,乙,浙江,3,瓶,60\n",
    "京东.csv": HEAD + "京东,2024-01-05,20000001,p2,甲,广东,5,瓶,50\n"
    "天猫,2024-02-08,20000002,p2,丙,广东,5,瓶,20\n",
    "退货.csv": "订单号,退款金额,退款日期\n10000001,30,2024-03-01\n20000001,50,2024-01-20\n",
    "产品.csv": "产品编码,产品名称,品类,基本单位,装箱单位,箱规\np1,茶,饮料,瓶,箱,24\n",
    "区域.csv": "省份,区域\n浙江,华东\n广东,华南\n",
}


@pytest.fixture(scope="module")
def space() -> Iterator[Workspace]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace(Settings(home=Path(folder))) as opened,
    ):
        for name, text in FILES.items():
            original = opened.receive(name, text.encode())
            proposal = opened.inspect(original)
            takes = "replace" if proposal.recipe.table == "sales" else None
            opened.load(original, proposal, takes)
        yield opened


def state(space: Workspace) -> tuple[frozenset[int], dict[str, str]]:
    """What counts, and what every table holds because of it."""
    found = space.imports.all()
    on = frozenset(int(batch) for batch in found.loc[found["active"].astype(bool), "batch"])
    return on, {name: sum_ for name, sum_ in space.checksums().items() if name != POSITION}


def test_each_file_changes_something_and_undoing_it_takes_just_that_back(space):
    everything = state(space)
    for batch in everything[0]:
        space.switch(batch, False)
        assert state(space)[1] != everything[1]
        space.switch(batch, True)
        assert state(space) == everything


def test_undoing_an_import_gives_what_counted_before_it(tmp_path):
    """Everything but the rows themselves, which stay for a change of mind."""
    rows = {"batch", "batch_month", "sales_line", "set_aside", "member_name", "refund", POSITION}
    rows |= {"returns", "order_items", "products", "regions"}
    with Workspace(Settings(home=tmp_path)) as space:
        for name, text in FILES.items():
            before = {n: told for n, told in space.checksums().items() if n not in rows}
            original = space.receive(name, text.encode())
            made = space.load(original, space.inspect(original), "replace")
            space.switch(made.batch, False)
            after = {n: told for n, told in space.checksums().items() if n not in rows}
            assert after == before
            space.switch(made.batch, True)


_CHANGES = st.lists(
    st.tuples(st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True), st.booleans()),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example([([0], False), ([1], False), ([0], True), ([1], True)])
@given(_CHANGES)
def test_random_changes_taken_back_leave_the_exact_state_before(space, changes):
    """Undone one by one, last first; and the same flags give the same tables in any order."""
    batches = sorted(int(batch) for batch in space.imports.all()["batch"])
    seen = [state(space)]
    for places, on in changes:
        space.switch_all([batches[at] for at in places], on)
        seen.append(state(space))
    by_flags: dict[frozenset[int], dict[str, str]] = {}
    for flags, sums in seen:
        assert by_flags.setdefault(flags, sums) == sums
    for before, after in zip(reversed(seen[:-1]), reversed(seen[1:]), strict=True):
        for batch in before[0] ^ after[0]:
            space.switch(batch, batch in before[0])
        assert state(space) == before
