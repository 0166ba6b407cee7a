"""The house as docs/architecture.md draws it: what import contracts cannot see is read here."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PAGES = sorted((ROOT / "pages").glob("*.py"))
PRODUCT = [ROOT / "app.py", *PAGES, *sorted((ROOT / "chanplan").rglob("*.py"))]
# A page says which question it asks and what shows the answer; about 40 lines do that.
PAGE_LINES = 60
# What a page may draw on: the screen's room, the questions, the figures, what leaves the app.
PAGE_ROOMS = {"streamlit", "chanplan.ui", "chanplan.analysis", "chanplan.charts"}
PAGE_ROOMS |= {"chanplan.reports", "chanplan.language", "chanplan.domain"}
COMPUTING = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
FRAME_WORK = {"groupby", "pivot", "pivot_table", "merge", "agg", "apply", "cumsum", "diff"}
VAGUE = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}

# Folders that are made, or that hold a person's own data.
NOT_OURS = {".git", ".venv", "data/store", "data/inbox", "tests/browser/failed", "__pycache__"}
NOT_OURS |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}
TEXT = {".py", ".md", ".toml", ".txt", ".sql", ".cfg", ".yaml", ".yml", ".json", ".sh", ""}
# Written with a bracket so that this line is not found by its own search.
REGISTRIES = (
    r"pyp[i]\.org|pythonhoste[d]|npmj[s]|deb\.debia[n]|--(extra-)?index-ur[l]|--find-link[s]"
)
PERSONAL_FOLDERS = r"(?<![\w.])/(hom[e]|User[s]|tm[p]|wor[k]|roo[t])/\w"


def imported(path: Path) -> set[str]:
    """The full names of what a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def importers(library: str) -> set[str]:
    """The rooms, as paths from the top with two parts at most, whose files import `library`."""
    found = (path for path in PRODUCT if any(_within(name, library) for name in imported(path)))
    return {"/".join(path.relative_to(ROOT).parts[:2]) for path in found}


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_there_is_a_house_to_look_at() -> None:
    assert len(PAGES) >= 5 and len(PRODUCT) > 40


def test_import_contracts_hold() -> None:
    """In a process of its own: the linter reconfigures the logging of whoever calls it."""
    program = "from importlinter.cli import lint_imports as run; raise SystemExit(run())"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_only_the_screen_knows_streamlit() -> None:
    rooms = importers("streamlit")
    assert {room for room in rooms if not room.startswith(("app.py", "pages/"))} == {"chanplan/ui"}


def test_only_charts_know_plotly_and_only_the_store_knows_duckdb() -> None:
    assert importers("plotly") == {"chanplan/charts"}
    assert importers("duckdb") == {"chanplan/store"}


def test_one_gateway_opens_the_engine() -> None:
    opening = re.compile(r"\bduckdb\.connect\b|from duckdb import .*\bconnect\b")
    files = [path for path in PRODUCT if opening.search(path.read_text("utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in files] == ["chanplan/store/gateway.py"]


def test_domain_and_language_need_the_standard_library_only() -> None:
    strangers = {
        f"{path.relative_to(ROOT)}: {name}"
        for room in ("domain", "language")
        for path in (ROOT / "chanplan" / room).rglob("*.py")
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not _within(name, f"chanplan.{room}")
    }
    assert strangers == set()


def test_pages_are_thin() -> None:
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in PAGES}
    assert {name: count for name, count in lines.items() if count > PAGE_LINES} == {}


def test_pages_enter_through_few_rooms() -> None:
    strangers = {
        f"{path.name}: {name}"
        for path in PAGES
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(_within(name, room) for room in PAGE_ROOMS)
    }
    assert strangers == set()


def test_pages_compute_nothing() -> None:
    found = [f"{path.name}:{line}" for path in PAGES for line in computing(path.read_text("utf-8"))]
    assert found == []


def test_the_search_for_computing_finds_it() -> None:
    source = (
        "share = a / b\ntotal = frame.groupby('x').sum()\nsql = 'select 1'\nst.title(text('x'))"
    )
    assert sorted(computing(source)) == [1, 2, 3]


def computing(source: str) -> Iterator[int]:
    """Lines with arithmetic, work on a frame, or SQL."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        arithmetic = isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, COMPUTING)
        frame_work = isinstance(node, ast.Attribute) and node.attr in FRAME_WORK
        sql = isinstance(node, ast.Constant) and re.match(
            r"(?i)\s*(select|with)\s", str(node.value)
        )
        if arithmetic or frame_work or sql:
            yield node.lineno


def test_the_search_for_machine_names_reads_every_room() -> None:
    files = set(own_files())
    assert {ROOT / "Makefile", ROOT / "chanplan/store/gateway.py", Path(__file__)} <= files


def test_names_say_what_a_file_is_for() -> None:
    assert [path for path in PRODUCT if path.stem in VAGUE or path.parent.name in VAGUE] == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    unwanted = re.compile(f"{REGISTRIES}|{PERSONAL_FOLDERS}|{re.escape(str(ROOT))}/")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in own_files()
        if (match := unwanted.search(path.read_text("utf-8", errors="replace")))
    ]
    assert found == []


def own_files() -> Iterator[Path]:
    """The project's own text files."""
    for folder, folders, files in os.walk(ROOT):
        inside = Path(folder).relative_to(ROOT)
        folders[:] = [name for name in folders if not {name, (inside / name).as_posix()} & NOT_OURS]
        yield from (Path(folder, name) for name in files if Path(name).suffix in TEXT)
