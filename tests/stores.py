"""What many tests begin with: stores, filled once and copied for each that goes on from there,
and companies, simulated once."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from filelock import FileLock

from chanplan.sample import PLANTED, SEED, Company, Truths, simulate
from chanplan.settings import Settings
from chanplan.workspace import Workspace, sample_company

Fill = Callable[[Path], Settings]


@cache
def simulated(truths: Truths = PLANTED) -> Company:
    """The sample company with these truths; its frames are for reading."""
    return simulate(SEED, truths)


def copied(fill: Fill) -> Fill:
    """Fill a store once in a process; every home asked for gets its files as they then lie."""

    @cache
    def files() -> dict[Path, bytes]:
        with TemporaryDirectory() as folder:
            home = Path(folder)
            fill(home)
            return {f.relative_to(home): f.read_bytes() for f in home.rglob("*") if f.is_file()}

    @wraps(fill)
    def laid(home: Path) -> Settings:
        for name, content in files().items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(content)
        return Settings(home=home)

    return laid


@copied
def empty(home: Path) -> Settings:
    """A store that nothing is in and that this program has opened before: to make all its tables
    anew takes twice as long, and is the subject of few tests."""
    Workspace.open(home).close()
    return Settings(home=home)


@dataclass(frozen=True)
class TakenIn:
    """How the sample company came into a store, which lies closed in `home`.

    moved     by how much the data version went up
    told      the progress told on the way: (steps done, steps in all)
    """

    home: Path
    files: int
    set_aside: int
    moved: int
    told: list[tuple[int, int]]


def sample_company_in(run: Path) -> TakenIn:
    """The sample company's store in the folder of a run: the first process to ask loads it."""
    known = run / "sample_company.pickle"
    with FileLock(run / "sample_company.lock"):
        if not known.exists():
            known.write_bytes(pickle.dumps(_taken_in(run / "sample_company")))
    taken_in: TakenIn = pickle.loads(known.read_bytes())
    return taken_in


def _taken_in(home: Path) -> TakenIn:
    told: list[tuple[int, int]] = []
    with Workspace.open(home) as workspace:
        before = workspace.version
        made = sample_company.take_in(workspace, lambda done, of: told.append((done, of)))
        aside, moved = sum(one.counts.set_aside for one in made), workspace.version - before
    return TakenIn(home, len(made), aside, moved, told)


def copy_of(home: Path, into: Path) -> Path:
    """A closed store, copied to where it may be opened and changed."""
    return Path(copytree(home, into))
