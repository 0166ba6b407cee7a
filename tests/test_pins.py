"""An install in two years gives what was tested: all is pinned, nothing says where from."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

PIN = re.compile(r"^[A-Za-z0-9._-]+==[0-9][\w.]*$")

# pip-audit asks for pip, which comes with every virtual environment.
WITH_PYTHON = {"pip"}


def named(name: str) -> list[str]:
    """The requirement lines of a file, without comments and without references to other files."""
    lines = (line.partition("#")[0].strip() for line in Path(ROOT / name).read_text().splitlines())
    return [line for line in lines if line and not line.startswith("-r ")]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    return {
        plain(name): version
        for name, version in (pin.split("==") for pin in named("constraints.txt"))
    }


@pytest.mark.parametrize(
    "name",
    ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "constraints.txt"],
)
def test_every_line_is_a_name_and_one_version(name: str) -> None:
    assert [line for line in named(name) if not PIN.match(line)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_constraints_agree_with_what_is_asked_for(name: str) -> None:
    asked = {plain(name): version for name, version in (line.split("==") for line in named(name))}
    assert {name: pins().get(name) for name in asked} == asked


def test_constraints_hold_all_that_the_requirements_bring_along() -> None:
    """Follows the requirements of what is installed, as pip does."""
    waiting = [line.partition("==")[0] for line in named("requirements.txt")]
    waiting += [line.partition("==")[0] for line in named("requirements-dev.txt")]
    seen: set[str] = set()
    while waiting:
        name = plain(waiting.pop())
        if name not in seen:
            seen.add(name)
            waiting += needs(name)
    assert len(seen) > 50
    assert seen - set(pins()) - WITH_PYTHON == set()


def needs(name: str) -> list[str]:
    """The names one installed package asks for on this computer, without its extras."""
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:  # asked for on other systems only
        return []
    wanted = map(Requirement, lines)
    return [
        need.name for need in wanted if need.marker is None or need.marker.evaluate({"extra": ""})
    ]
