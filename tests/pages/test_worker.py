"""Imports belong to the process: whoever comes sees them, and one waits for the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chanplan.domain.underway import STAGES, Underway
from chanplan.language import text
from chanplan.store.originals import Original
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.imports.run import Job, Run
from chanplan.ui.worker import Worker, worker
from chanplan.workspace import author
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


def test_a_run_is_as_far_as_its_bytes_and_stages() -> None:
    """Files of 99, 299 and 599 bytes and one each: 100 + 300 + 600 = 1,000."""
    sizes = (99, 299, 599)
    files = [Original(f"{size}.csv", "", size, Path()) for size in sizes]
    run = Run([Job(Candidate(str(at), file.name, file)) for at, file in enumerate(files)])
    assert run.share() == 0
    seen = []
    for at in range(3):
        run.hand = (at, Underway())
        for stage in STAGES:
            run.hand[1].now(stage)
            seen.append(round(run.share(), 6))
    assert seen == [0, 0.015, 0.06, 0.1, 0.145, 0.28, 0.4, 0.49, 0.76]
    run.hand = (3, Underway())
    assert run.share() == 1


def test_who_comes_back_can_stop_the_own_import(
    open_page: Open, tmp_path: Path, held: Held
) -> None:
    """Without a session of its own: the tab was closed meanwhile."""
    later = open_page(tmp_path, "imports")
    held.jobs = [Job(Candidate("x", "我的.csv", None)), Job(Candidate("y", "后面.csv", None))]
    held.by = author()
    worker().give(held)
    assert held.begun.wait(60)
    later.run()
    assert "我的.csv" in later.get("progress")[0].proto.text
    later.button(key="import_stop").click().run()
    assert held.stopping and later.button(key="import_stop").disabled
    held.go.set()
    while held.running:
        held.begun.wait(0.01)
    assert [getattr(job.fault, "code", None) for job in held.jobs] == ["import_cancelled"] * 2
