"""Where no Chromium can be had, the set-up stops with a sentence; it never goes on without."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.browser import chromium


def program(path: Path, exit_code: int) -> str:
    """A stand-in for a browser's program file that ends at once."""
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="stand-ins are shell scripts")
def test_a_program_counts_only_when_it_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, note = program(tmp_path / "good", 0), program(tmp_path / "note", 1)
    monkeypatch.setenv(chromium.SETTING, good)
    assert chromium.executable() == good
    monkeypatch.setenv(chromium.SETTING, note)
    assert chromium.executable() is None


def test_without_one_the_set_up_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(chromium.SETTING, str(tmp_path / "absent"))
    with pytest.raises(SystemExit) as stopped:
        chromium.main()
    assert stopped.value.code == chromium.MISSING_BROWSER
    assert chromium.MISSING_BROWSER.count(".") == 1 and "install it" in chromium.MISSING_BROWSER
