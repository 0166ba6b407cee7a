"""Killed at random moments: a change is whole or absent, and what was acknowledged is there."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from chanplan.domain.errors import ChanplanError
from chanplan.settings import Settings
from chanplan.workspace import Workspace

LINES = 2_000
# Line n of file k sells for 1 + k: its sum is LINES × (1 + k).
NAMES = ("a.csv", "b.csv", "c.csv", "d.csv")
# A child lives at most so many seconds, longer each time that nothing more was done than before:
# else a slow machine would be killed in the same deed for ever. About three deeds long.
LONGEST = 0.7
# So often the next child is killed before anybody has looked what the last one left.
UNSEEN = 0.3

Result = tuple[str, int, int]
# File → whether it counts; the state of a store is told by this alone.
State = dict[str, bool]
Deed = tuple[str, Callable[[Workspace, Path], Workspace], Callable[[State], State]]


def prove(folder: Path, kills: int, seed: int = 2024) -> Iterator[Result]:
    """Kill imports, undos, redos and upgrades `kills` times."""
    for at, name in enumerate(NAMES):
        _write(folder / name, at)
    draw, seen = random.Random(seed), _Seen()
    turn = 0
    while seen.killed < kills:
        _run(folder, folder / f"home{turn}", kills, draw, seen)
        turn += 1
    every = "import, undo, redo or upgrade"
    yield f"after kill -9 in an {every}, the store opens", seen.killed, seen.failed
    yield "… what was acknowledged is there", seen.killed, seen.lost
    yield "… and every change is there whole or not at all", seen.killed, seen.partial


@dataclass
class _Seen:
    """How often a process was killed, and what was wrong afterwards."""

    killed: int = 0
    failed: int = 0
    lost: int = 0
    partial: int = 0


def _run(folder: Path, home: Path, kills: int, draw: random.Random, seen: _Seen) -> None:
    """All deeds in one store, killed on the way until they are done."""
    done = tries = 0
    while done < len(DEEDS) and seen.killed < kills:
        before, longest = done, LONGEST * (1 + tries)
        done, killed = _killed_child(folder, home, done, draw.uniform(0, longest))
        tries = 0 if done > before else tries + 1
        seen.killed += killed
        if draw.random() < UNSEEN and seen.killed < kills:
            continue
        try:
            with Workspace(Settings(home=home)) as space:
                found = _place(space, done)
        except ChanplanError:
            seen.failed += 1
            return
        if found is None:
            with Workspace(Settings(home=home)) as space:
                earlier = _state(space) in [_after(before) for before in range(done)]
            seen.lost += earlier
            seen.partial += not earlier
            return
        done = found


def _killed_child(folder: Path, home: Path, done: int, seconds: float) -> tuple[int, bool]:
    """How many deeds the child acknowledged, and whether it was alive when it was killed."""
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        context.set_forkserver_preload(["chanplan.workspace.workspace", __name__])
    told, telling = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(folder, home, done, telling), daemon=True)
    child.start()
    telling.close()
    child.join(seconds)
    alive = child.is_alive() and child.pid is not None
    if alive:
        os.kill(int(child.pid or 0), getattr(signal, "SIGKILL", signal.SIGTERM))
    child.join()
    try:
        while told.poll():
            done = told.recv()
    except EOFError:
        pass
    return done, alive


def _work(folder: Path, home: Path, done: int, telling: Connection) -> None:
    """In the child: go on with the deeds, and acknowledge each when it returns. What is there at
    the start has been seen, and must stay: nobody may have looked what the last child left."""
    space = Workspace(Settings(home=home))
    begun = _place(space, done) or 0
    telling.send(begun)
    for number in range(begun, len(DEEDS)):
        space = DEEDS[number][1](space, folder)
        telling.send(number + 1)
    space.close()


def _place(space: Workspace, done: int) -> int | None:
    """How many deeds a store has seen: those acknowledged or one more; None for anything else."""
    state = _state(space)
    near = range(done, min(done + 2, len(DEEDS) + 1))
    return next((number for number in near if _after(number) == state), None)


def _state(space: Workspace) -> State | None:
    """Which files are there and count; None where lines or sums are not those of these files."""
    found = space.imports.all()
    state = {str(n): bool(on) for n, on in zip(found["name"], found["active"], strict=True)}
    counted = space.store.fetch("select count(*) as n, sum(amount_with_tax) as paid from lines")
    kept = space.store.fetch("select count(*) as n from sales_line")["n"].iloc[0]
    summed = space.store.fetch("select sum(amount_with_tax) as paid from rollup_partner")
    on = [NAMES.index(name) for name, counts in state.items() if counts]
    paid = sum(LINES * (1 + at) for at in on)
    whole = (
        kept == LINES * len(state)
        and counted["n"].iloc[0] == LINES * len(on)
        and (counted["paid"].iloc[0] or 0) == paid == (summed["paid"].iloc[0] or 0)
    )
    return state if whole else None


def _after(deeds: int) -> State:
    state: State = {}
    for _, _, change in DEEDS[:deeds]:
        state = change(state)
    return state


def _write(file: Path, at: int) -> None:
    """One month of one channel a file, so that none repeats what another tells."""
    lines = "".join(
        f"店{at},2024-{at + 1:02d}-{number % 28 + 1:02d},s{at}-{number},{1 + at}\n"
        for number in range(LINES)
    )
    file.write_text(f"渠道,日期,订单号,金额\n{lines}", encoding="utf-8")


def _bring(*names: str) -> Deed:
    def deed(space: Workspace, folder: Path) -> Workspace:
        kept = [space.receive(name, folder / name) for name in names]
        space.load_all([(one, space.inspect(one)) for one in kept])
        return space

    return "import", deed, lambda state: state | dict.fromkeys(names, True)


def _switch(name: str, on: bool) -> Deed:
    def deed(space: Workspace, folder: Path) -> Workspace:
        found = space.imports.all()
        space.switch(int(found.loc[found["name"] == name, "batch"].iloc[0]), on)
        return space

    return "undo", deed, lambda state: state | {name: on}


def _upgrade() -> Deed:
    """The store says that an older program made it; the next start makes it anew."""

    def deed(space: Workspace, folder: Path) -> Workspace:
        with space.store.taking_in(space.version) as writer:
            writer.run("update position set schema_version = 0")
        settings = space.settings
        space.close()
        return Workspace(settings)

    return "upgrade", deed, lambda state: state


DEEDS: tuple[Deed, ...] = (
    _bring("a.csv"),
    _switch("a.csv", False),
    _bring("b.csv"),
    _upgrade(),
    _switch("a.csv", True),
    _bring("c.csv", "d.csv"),
    _switch("b.csv", False),
    _switch("c.csv", False),
    _upgrade(),
    _switch("c.csv", True),
)
