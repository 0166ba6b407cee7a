"""Files nobody would send on purpose: each is read or refused with a sentence, and nothing dies."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from benchmarks.fuzzed import harms, whole
from benchmarks.fuzzed.grids import grid
from benchmarks.fuzzed.traps import TRAPS
from chanplan.domain.errors import ChanplanError, RestatedError
from chanplan.ingest.recognise import Hints
from chanplan.settings import GIB, Settings
from chanplan.workspace import Outcome, Workspace

# What one file may take, of the whole process tree; seconds by the clock, or of the processors
# where other work keeps them busy.
MOST_BYTES, MOST_SECONDS = GIB, 15.0
# A process that does not answer for so long is ended and counted as dead.
PATIENCE = 120.0
# A process that holds more than this is ended and counted as dead, before the machine suffers.
RUNAWAY = 4 * GIB
# How often memory is looked at.
GLANCE = 0.02
# So many files come into one store before the next is begun.
PER_STORE = 100
# A person's answers to whatever a file leaves open.
ANSWERS = Hints(
    channel="天猫", year="2024", date_order="ymd", decimal="point", tax="with_tax", fill_down="no"
)
NAMES = (
    "三月.csv", "三月.xlsx", "三月.xls", "a.parquet", "x.ods", "x.xlsb", "x.gz", "x.zip",
    "../../evil.csv", "a'; drop table batch; --.csv", "<script>.xlsx", "\udcff\udc80.csv",
    "a\0b.csv", "\u2028.csv", "x" * 3000, "", "CON", "*.csv", "{}%s.csv", "无扩展名",
)  # fmt: skip

Result = tuple[str, int, int]


@dataclass
class Seen:
    """What became of every file; `most` bytes and `longest` seconds of any of them.

    faults  number → what came out that is no sentence, or what does not add up
    """

    ends: Counter[str] = field(default_factory=Counter)
    faults: dict[int, str] = field(default_factory=dict)
    most: dict[int, int] = field(default_factory=dict)
    longest: dict[int, float] = field(default_factory=dict)


def prove(folder: Path, files: int, seed: int = 2024) -> Iterator[Result]:
    """Send so many files the whole way, one after the other."""
    seen = send(folder, range(files), seed)
    large = sum(size > MOST_BYTES for size in seen.most.values())
    slow = sum(seconds > MOST_SECONDS for seconds in seen.longest.values())
    print(f"fuzzed: {dict(seen.ends)}, {_worst(seen)}")
    died = seen.ends["died"]
    yield "a fuzzed file is read or refused with a sentence", files, len(seen.faults) - died
    yield "… and the process lives", files, died
    yield "… its rows are loaded, set aside or skipped", seen.ends["read"], seen.ends["lost"]
    yield "… within 1 GiB of memory, parser included", files, large
    yield "… and within 15 seconds", files, slow


def _worst(seen: Seen) -> str:
    large, slow = (
        max(seen.most, key=seen.most.__getitem__),
        max(seen.longest, key=seen.longest.__getitem__),
    )
    return f"{seen.most[large] >> 20} MiB (file {large}), {seen.longest[slow]:.1f} s (file {slow})"


def made(number: int, seed: int) -> tuple[str, bytes]:
    """Name and bytes of one file: the same at every run."""
    draw = random.Random(f"{seed}-{number}")
    name = draw.choice(NAMES)
    if draw.random() < 0.12:
        return name, draw.choice(TRAPS)(draw)
    data = _whole(draw)
    kind = draw.random()
    if kind < 0.15:  # only what its cells say means harm
        return name, data
    return name, harms.spliced(data, _whole(draw), draw) if kind < 0.25 else harms.harmed(
        data, draw
    )


def _whole(draw: random.Random) -> bytes:
    return draw.choice(list(whole.FORMATS.values()))(grid(draw), draw)


def send(folder: Path, numbers: range, seed: int) -> Seen:
    """The files of these numbers, each in a workspace of another process."""
    seen, left = Seen(), list(numbers)
    while left:
        home = folder / f"home{left[0]}"
        done = _in_one_store(folder, home, left[:PER_STORE], seed, seen)
        left = left[done:]
    return seen


def _in_one_store(folder: Path, home: Path, numbers: list[int], seed: int, seen: Seen) -> int:
    """How many of these files were sent before the process died, or all."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(home, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        ours.recv()
        for done, number in enumerate(numbers, 1):
            name, data = made(number, seed)
            file = folder / "sent"
            file.write_bytes(data)
            if not _sent(ours, child.pid, number, name, file, seen):
                return done
        ours.send(None)
        child.join(PATIENCE)
    finally:
        child.kill()
        child.join()
    return len(numbers)


def _sent(
    ours: Connection, pid: int | None, number: int, name: str, file: Path, seen: Seen
) -> bool:
    """Whether the process lived to tell what became of the file."""
    start, spent, most = time.monotonic(), _worked(pid), 0
    ours.send((name, file))
    while not ours.poll(GLANCE) and time.monotonic() - start < PATIENCE and most < RUNAWAY:
        most = max(most, _held(pid))
    seen.longest[number] = min(time.monotonic() - start, _worked(pid) - spent)
    seen.most[number] = most
    try:
        end, fault = ours.recv() if ours.poll() else ("died", f"no answer in {PATIENCE} s")
    except EOFError:
        end, fault = "died", "the process has died"
    seen.ends[end] += 1
    if fault:
        seen.faults[number] = f"{end}: {fault} ({name!r})"
        print(f"fuzzed {number}: {seen.faults[number]}", flush=True)
    return end != "died"


def _held(pid: int | None) -> int:
    """Bytes of memory that a process and its children hold."""
    size = 0
    try:
        top = psutil.Process(pid)
        for one in (top, *top.children(recursive=True)):
            size += one.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return size


def _worked(pid: int | None) -> float:
    """Seconds that a process and its children, ended ones too, have had of a processor."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(sum(times[:4]))


def _work(home: Path, theirs: Connection) -> None:
    """In the child: send what is told through one workspace, and tell what became of it."""
    with Workspace(Settings(home=home)) as space:
        theirs.send(os.getpid())
        while (told := theirs.recv()) is not None:
            theirs.send(_end(space, *told))


def _end(space: Workspace, name: str, file: Path) -> tuple[str, str]:
    """(read, asked, refused; else untyped or lost, and why)."""
    try:
        outcome = _loaded(space, name, file)
    except ChanplanError as fault:
        return f"refused: {fault.code}", ""
    except BaseException as fault:  # noqa: BLE001
        import traceback

        last = traceback.extract_tb(fault.__traceback__)[-1]
        return (
            "untyped",
            f"{type(fault).__name__}: {str(fault)[:300]} at {last.filename}:{last.lineno}",
        )
    if outcome is None:
        return "asked", ""
    unsound = [why for one in (outcome, *outcome.companions) if (why := _unsound(space, one))]
    return ("lost", unsound[0]) if unsound else ("read", "")


def _loaded(space: Workspace, name: str, file: Path) -> Outcome | None:
    """What an import of the file did; None while a question is open that nobody has answered."""
    original = space.receive(name, file)
    proposal = space.inspect(original)
    if proposal.questions:
        proposal = space.inspect(original, ANSWERS)
    if proposal.questions:
        return None
    space.preview(original, proposal)
    try:
        return space.load(original, proposal)
    except RestatedError:
        return space.load(original, proposal, takes="append")


def _unsound(space: Workspace, outcome: Outcome) -> str:
    """What does not add up: told counts against rows that are there."""
    counts, batch = outcome.counts, outcome.batch
    if counts.file != counts.loaded + counts.set_aside + counts.skipped:
        return f"{counts}"
    if outcome.already:
        return ""
    told = space.imports.set_aside(batch)["line"]
    # A line of months is as many rows as it has months.
    aside = len(told) if outcome.recipe.wide else told.nunique()
    return "" if aside == counts.set_aside else f"{aside} rows set aside, told {counts.set_aside}"
