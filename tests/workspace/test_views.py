"""Saved views stand in the journal: kept, renamed, taken away, and there after a rebuild."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.domain.errors import ViewNameError
from chanplan.workspace import Workspace

QUERY = "pivot_rows=channel&pivot_column=month"


def test_views_survive_a_lost_database(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        before = workspace.version
        for name in ("周会", "月报", "旧"):
            workspace.views.save(name, QUERY)
        workspace.views.save("  月报 ", "pivot_rows=product")  # in place of the earlier one
        workspace.views.rename("周会", "例会")
        workspace.views.drop("旧")
        assert workspace.version > before
        kept = workspace.views.all()
        sums = workspace.checksums()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as workspace:
        assert workspace.views.all() == kept and workspace.checksums() == sums
    assert [(view.name, view.query) for view in kept] == [
        ("例会", QUERY),
        ("月报", "pivot_rows=product"),
    ]
    assert all(view.at and view.by for view in kept)


def test_history_tells_what_was_done_to_views(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        workspace.views.save("周会", QUERY)
        workspace.views.rename("周会", "例会")
        workspace.views.drop("例会")
        told = [(deed.code, dict(deed.values)) for deed in workspace.history()]
    assert told == [
        ("view_dropped", {"name": "例会"}),
        ("view_renamed", {"name": "例会", "was": "周会"}),
        ("view_saved", {"name": "周会"}),
    ]


def test_a_name_that_is_none_or_taken_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        workspace.views.save("a", QUERY)
        workspace.views.save("b", QUERY)
        before = workspace.version
        for name in ("", "  ", "x" * 61):
            with pytest.raises(ViewNameError):
                workspace.views.save(name, QUERY)
        with pytest.raises(ViewNameError) as raised:
            workspace.views.rename("a", "b")
        assert raised.value.code == "view_name_taken"
        workspace.views.drop("never")
        assert workspace.version == before and len(workspace.views.all()) == 2
