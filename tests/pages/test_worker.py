"""Imports belong to the process: whoever comes sees them, and one waits for the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chanplan.language import text
from chanplan.ui.imports.desk import Candidate
from chanplan.ui.imports.run import Job, Run
from chanplan.ui.worker import Worker, worker
from tests.pages.conftest import Open
from tests.pages.test_imports_page import pressed, uploaded

SALES = "日期,渠道,金额\n2024-01-05,天猫,20\n".encode()


class Held(Run):
    """An import that goes on only when the test lets it."""

    def work(self) -> None:
        self.begun.set()
        assert self.go.wait(60)
        super().work()


@pytest.fixture
def held() -> Iterator[Held]:
    run = Held([Job(Candidate("x", "别人的.csv", None), fault="never")], by="李四")
    run.begun, run.go = threading.Event(), threading.Event()  # type: ignore[attr-defined]
    yield run
    run.go.set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everyone_sees_a_running_import_and_its_end(
    open_page: Open, tmp_path: Path, held: Held, lang: str
) -> None:
    app = open_page(tmp_path, "imports", lang)
    worker().give(held)
    assert held.begun.wait(60)
    app.run()
    said = app.get("progress")[0].proto.text
    assert "别人的.csv" in said and "李四" in said
    # On every other page a small sign in the sidebar.
    app.switch_page("pages/glossary.py").run()
    assert "别人的.csv" in app.sidebar.get("progress")[0].proto.text
    held.go.set()
    while held.running:
        held.begun.wait(0.01)
    # Somebody who comes later, without a session of their own, is told what came of it.
    later = open_page(tmp_path, "imports", lang)
    assert not later.get("progress")
    later.button(key="show_last_run").click().run()
    assert text(lang, "imports.failed", files=1) in later.warning[0].value


def test_the_second_waits_for_the_first(open_page: Open, tmp_path: Path, held: Held) -> None:
    app = uploaded(open_page(tmp_path, "imports"), sales__csv=SALES)
    worker().give(held)
    assert held.begun.wait(60)
    mine = Run([Job(Candidate("y", "我的.csv", None), fault="never")])
    worker().give(mine)
    assert worker().before(mine) is held and worker().before(held) is None
    assert (held.state, mine.state) == ("running", "waiting")
    threading.Timer(0.3, held.go.set).start()
    app = pressed(app, "导入这个文件")  # the page waits for both, then shows its own
    assert not app.exception and not app.error
    assert app.success[0].value == text("zh", "imports.done", files=1, rows="1")
    assert not held.running and not mine.running
    # It is still there in another session, as the last one.
    other = open_page(tmp_path, "overview")
    assert not other.sidebar.get("progress")


def test_what_is_long_done_is_let_go() -> None:
    """Only the newest are remembered, and nothing that is still to be done is lost."""
    one = Worker()
    runs = [Run([]) for _ in range(40)]
    for run in runs:
        one.give(run)
    one._thread.shutdown(wait=True)
    assert all(run.state == "done" for run in runs)
    assert one.last(Run) is runs[-1] and one.at_work() is None
