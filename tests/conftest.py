"""What every test may count on: a store of its own, and the real files where they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.stores import TakenIn, copy_of, sample_company_in

ROOT = Path(__file__).resolve().parents[1]
# Published data files beside the checkout; they are not part of the product.
SHARED_DATA = ROOT.parent / "shared" / "data"
# A machine that does other things too is no fault of a function's.
hypothesis.settings.register_profile("chanplan", deadline=None)
hypothesis.settings.load_profile("chanplan")
# Rooms whose files take longest; they begin first, so that no process waits for another's last.
LONG = ("browser", "workspace", "identities", "sample", "commands", "pages")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the rooms by how long they take; within a room nothing moves."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    room = item.path.relative_to(ROOT / "tests").parts[0]
    return LONG.index(room) if room in LONG else len(LONG)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files; a test that needs it is skipped, with this reason, elsewhere."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder of real files, ../shared/data, is not beside this checkout")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def no_home_of_a_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reaches the store of the person who runs it, even one that names no home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHANPLAN_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def sample_taken_in(tmp_path_factory: pytest.TempPathFactory) -> TakenIn:
    """How the sample company was loaded; once in a run, for all processes that run tests."""
    run = tmp_path_factory.getbasetemp()
    return sample_company_in(run.parent if "PYTEST_XDIST_WORKER" in os.environ else run)


@pytest.fixture(scope="session")
def sample_home(sample_taken_in: TakenIn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample company in it, closed; for all who only read."""
    return copy_of(sample_taken_in.home, tmp_path_factory.mktemp("sample") / "home")
