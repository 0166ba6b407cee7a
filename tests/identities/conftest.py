"""Each company imported once through the command line, and read once by pandas."""

from __future__ import annotations

import pytest

from tests.commands.shell import chanplan
from tests.identities.companies import CHANNEL, GENERATED, REAL, Company, lines_of
from tests.pages.conftest import open_page

__all__ = ["open_page"]


@pytest.fixture(scope="package", params=[*GENERATED, *REAL])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Company:
    """A company in a store of its own; the real ones where ../shared is."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param in GENERATED:
        make, name, read = GENERATED[request.param]
        file = make(folder / name)
    else:
        name, read = REAL[request.param]
        file = request.getfixturevalue("shared") / name
    words = ["import", file, "--home", folder / "home", "--json"]
    said = chanplan(*words, *([] if request.param in GENERATED else ["--channel", CHANNEL]))
    assert said.code == 0, said.err
    (result,) = said.json
    raw = read(file)
    along = sum(one["joined"]["return_lines"] for one in result.get("companions", ()))
    rows = len(raw) - along
    assert result["rows"] == {"file": rows, "loaded": rows, "set_aside": 0, "skipped": 0}
    return Company(folder / "home", lines_of(raw, result["columns"]))
