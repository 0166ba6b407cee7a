"""A look at a file is as far as its bytes and stages, and may be stopped and begun again."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.domain.underway import STAGES, Underway
from chanplan.language import Language, text
from chanplan.store.originals import Original
from chanplan.ui.imports.candidate import Candidate
from chanplan.ui.imports.looking import Looking
from chanplan.workspace import Workspace
from tests.pages.conftest import Open

SALES = "日期,渠道,金额\n2024-01-05,天猫,20\n".encode()


def test_it_is_as_far_as_its_bytes_and_stages() -> None:
    """Files of 99 and 299 bytes and one each: 100 + 300 = 400."""
    files = [Original(f"{size}.csv", "", size, Path()) for size in (99, 299)]
    task = Looking([Candidate(str(at), file.name, file) for at, file in enumerate(files)])
    seen = []
    for at in range(2):
        task.hand = (at, Underway())
        for stage in STAGES:
            task.hand[1].now(stage)
            seen.append(round(task.share(), 6))
    assert seen == [0, 0.0375, 0.15, 0.25, 0.3625, 0.7]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_stopped_look_loads_nothing_and_begins_again(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language
) -> None:
    with Workspace.open(tmp_path) as space:
        kept = space.receive("a.csv", SALES)
    monkeypatch.setenv("CHANPLAN_HOME", str(tmp_path))
    candidate = Candidate("a", "a.csv", kept)
    task = Looking([candidate])
    task.stop()
    task.work()
    assert candidate.stopped and not candidate.ready
    app = open_page(tmp_path, "imports", lang)
    app.session_state["import_desk"] = {"a": candidate}
    app.run()
    assert app.info[0].value == text(lang, "errors.looking_stopped", file="a.csv")
    assert app.button(key="import_load").disabled
    app.button(key="look_a").click().run()
    assert not app.exception and not app.button(key="import_load").disabled
