"""Finds a Chromium and Chinese fonts for the browser tests, and fetches them where it can.

`make test` runs this before pytest: `python -m tests.browser.chromium`. In order: what is already
here; Debian's packages, when root on Debian or Ubuntu; Playwright's own download. Where none can
be had it ends with one sentence, so that the browser tests never pass by being left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Names an installed one, where it stands in no usual place.
SETTING = "CHANPLAN_CHROMIUM"
COMMANDS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# Parts of the file names of the fonts that carry Chinese on Linux.
FONT_NAMES = ("cjk", "wqy", "sourcehan", "notosanssc", "droidsansfallback", "uming", "simsun")
MISSING_BROWSER = (
    "The browser tests need Chromium or Chrome and none could be had: install it "
    "(on Debian: apt-get install chromium), or name it with CHANPLAN_CHROMIUM=/path/to/chromium."
)
MISSING_FONTS = (
    "The browser tests need a font with Chinese characters and none could be had: install one "
    "(on Debian: apt-get install fonts-noto-cjk)."
)


def executable() -> str | None:
    """The path of a Chromium that starts, or None."""
    named = os.environ.get(SETTING)
    here = [named] if named else _usual()
    return next((path for path in here if path and _starts(path)), None)


def _usual() -> Iterator[str | None]:
    """Where one may be; Playwright, which has to start to tell of its own, is asked last."""
    yield from map(shutil.which, COMMANDS)
    yield from APPLICATIONS
    yield _playwrights_own()


def _starts(path: str) -> bool:
    """Ubuntu's chromium-browser is a note that tells to use snap: being there is not enough."""
    if not Path(path).is_file():
        return False
    if os.name == "nt":  # there, --version opens a window
        return True
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def has_chinese_fonts() -> bool:
    """macOS and Windows bring them; elsewhere fontconfig knows, or the folders show it."""
    if not sys.platform.startswith("linux"):
        return True
    if shutil.which("fc-list"):
        return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip())
    files = (file for folder in FONT_FOLDERS for file in Path(folder).expanduser().rglob("*.*"))
    return any(part in file.name.lower() for file in files for part in FONT_NAMES)


def _packages_can_be_installed() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(*packages: str) -> None:
    """Debian's packages, each by itself: one that cannot be had takes no other with it."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    for package in packages:
        print(f"chanplan: installing {package} for the browser tests", flush=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL)


def _download() -> None:
    print("chanplan: fetching Playwright's Chromium for the browser tests", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if _packages_can_be_installed():
        command.insert(-1, "--with-deps")
    subprocess.run(command, stdout=subprocess.DEVNULL)


def main() -> None:
    """Have a Chromium and Chinese fonts at the end, or exit with code 1 and a sentence."""
    if os.environ.get(SETTING) is None and _packages_can_be_installed():
        wanted = {"chromium": executable() is None, "fonts-noto-cjk": not has_chinese_fonts()}
        if any(wanted.values()):
            _install(*(package for package, missing in wanted.items() if missing))
    if executable() is None and os.environ.get(SETTING) is None:
        _download()
    if executable() is None:
        sys.exit(MISSING_BROWSER)
    if not has_chinese_fonts():
        sys.exit(MISSING_FONTS)


if __name__ == "__main__":
    main()
