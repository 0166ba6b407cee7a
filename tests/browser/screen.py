"""What a journey waits for and looks at on any page of the app."""

from __future__ import annotations

from playwright.sync_api import Page, expect

# Milliseconds to wait for the screen; generous, for a machine that does other things too.
PATIENCE = 30_000


def settled(page: Page) -> None:
    """Wait until the app has connected and its script has run to the end."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)


def shows_no_fault(page: Page) -> None:
    """No exception box stands on the page (a sentence for the person is not one)."""
    expect(page.get_by_test_id("stException")).to_have_count(0)
