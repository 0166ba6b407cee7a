"""Names from files shown as they are: no markup, no link, no image, no formula."""

from __future__ import annotations

import re

# What Markdown as Streamlit extends it gives a meaning to: emphasis, links, code, HTML,
# headings, tables, maths ($), directives and icons (:red[…], :material/…:); a sign that
# would begin a list only at the start.
_MEANT = re.compile(r"([\\`*_{}\[\]()<>#!|$:~&]|^\s*[-+])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def plain(name: object) -> str:
    """A person's own text for use inside Markdown and labels, shown character by character."""
    return _MEANT.sub(r"\\\1", _CONTROL.sub(" ", str(name)))
