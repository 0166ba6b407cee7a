"""Names from files lose every power of markup."""

from __future__ import annotations

import pytest

from chanplan.ui.plain import plain


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("天猫", "天猫"),
        ("A-B 店", "A-B 店"),
        ("- list", r"\- list"),
        ("**x**", r"\*\*x\*\*"),
        ("[a](http://b)", r"\[a\]\(http\://b\)"),
        ("<script>", r"\<script\>"),
        ("$x$", r"\$x\$"),
        (":red[x]", r"\:red\[x\]"),
        ("a\nb\0c", "a b c"),
    ],
)
def test_markup_is_taken_at_its_word(name: str, shown: str) -> None:
    assert plain(name) == shown
