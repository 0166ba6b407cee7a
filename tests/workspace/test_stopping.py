"""An import that is stopped leaves nothing, whenever that is; the next one comes in."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chanplan.domain.errors import CancelledError
from chanplan.domain.underway import STAGES, Stage, Underway
from chanplan.settings import Settings
from chanplan.workspace import Workspace, rebuild

ROWS = 300_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "大.csv"
    rows = (f"2024-{at % 12 + 1:02d}-01,天猫,p{at % 50},{at % 97}\n" for at in range(ROWS))
    path.write_text("日期,渠道,产品,金额\n" + "".join(rows), encoding="utf-8")
    return path


class Stopped(Underway):
    """Stops by itself, from another thread, as soon as a stage has begun."""

    def __init__(self, at: Stage) -> None:
        super().__init__()
        self.at = at
        self.seen: list[float] = []

    def now(self, stage: Stage) -> None:
        super().now(stage)
        self.seen.append(self.share())
        if stage == self.at:
            threading.Thread(target=self.stop).start()


def test_it_is_taken_back_in_every_stage_and_comes_in_afterwards(tmp_path: Path, file: Path):
    settings = Settings(home=tmp_path / "home")
    with Workspace(settings) as space:
        kept = space.receive(file.name, file)
        proposal, before = space.inspect(kept), space.checksums()
        for stage in ("load", "sum"):
            with pytest.raises(CancelledError):
                space.load(kept, proposal, underway=Stopped(stage))
            after = space.checksums()
            assert {n for n in after if after[n] != before[n]} <= {"position"}
        wished = Underway()
        wished.stop()
        with pytest.raises(CancelledError):
            space.load(kept, proposal, underway=wished)
        for look in (space.preview, space.beside):
            with pytest.raises(CancelledError):
                look(kept, proposal, wished)
        told = Stopped("read")  # which nobody tells it: the file has been looked at before
        assert space.load(kept, proposal, underway=told).counts.loaded == ROWS
        assert told.seen == [0.15, 0.6]
    assert rebuild(settings).identical


def test_a_share_is_what_the_stages_before_have_done() -> None:
    told = Underway()
    assert told.share() == 0
    shares = []
    for stage in STAGES:
        told.now(stage)
        shares.append(told.share())
    assert shares == [0, 0.15, 0.6]
    told.stop()
    with pytest.raises(CancelledError):
        told.now("sum")
