"""What the documents say is held to what the program does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import chanplan
from chanplan.metrics import glossary
from tests.commands import shell
from tests.conftest import ROOT

READMES = ("README.md", "README.zh-CN.md")
DECISIONS = ROOT / "docs" / "decisions"
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")]


def blocks(name: str) -> list[str]:
    """The code blocks of a document."""
    return re.findall(r"^```\w*\n(.*?)^```", (ROOT / name).read_text("utf-8"), re.M | re.S)


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each `python -m chanplan` line of the README: the command, and the options it shows."""
    for line in "".join(blocks("README.md")).replace("\\\n", " ").splitlines():
        if match := re.search(r"python -m chanplan ((?:(?:targets|month) )?[\w-]+)(.*)", line):
            yield match[1], re.findall(r"--[a-z]+", match[2])


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_make_word_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(
        re.findall(r"(?:`|^)(?:PORT=\d+ )?make ([a-z]+)", (ROOT / name).read_text("utf-8"), re.M)
    )
    assert named and named <= targets


def test_both_readmes_show_the_same_commands() -> None:
    chinese, english = (blocks(name) for name in READMES)
    assert chinese == english


def test_every_command_line_of_the_readme_exists() -> None:
    shown = list(commands())
    assert {command for command, _ in shown} >= {"import", "ask"}
    for command, options in shown:
        said = shell.chanplan(*command.split(), "--help")
        assert said.code == 0
        assert [option for option in options if option not in said.out] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DECISIONS / "README.md").read_text("utf-8"))
    assert listed == sorted(path.name for path in DECISIONS.glob("0*.md"))


def test_the_glossary_page_is_what_the_catalogue_makes() -> None:
    assert (ROOT / "docs" / "metrics.md").read_text("utf-8") == glossary.markdown()


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## [{chanplan.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
