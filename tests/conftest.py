"""What every test may count on: a store of its own, and the real files where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from chanplan.workspace import Workspace, sample_company

ROOT = Path(__file__).resolve().parents[1]
# Published data files beside the checkout; they are not part of the product.
SHARED_DATA = ROOT.parent / "shared" / "data"


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
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample company in it, closed again; loaded once for all who only read."""
    home = tmp_path_factory.mktemp("sample")
    with Workspace.open(home) as workspace:
        sample_company.take_in(workspace)
    return home
