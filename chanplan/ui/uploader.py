"""The uploader's own words cannot be set: ours are drawn in their place."""

from __future__ import annotations

import streamlit as st

_DROPZONE = "[data-testid=stFileUploaderDropzone"
_REFUSED = "[data-testid=stFileUploader]:has([data-testid=stFileChip][aria-invalid=true])"


def speak(button: str, limits: str, refused: str = "") -> None:
    """Words for every uploader of the page: on its button, what it takes beside it, and below it
    why a file was not taken, which it says in English only, and only to a pointer."""
    st.html(
        f"<style>{_DROPZONE}] button p {{ font-size: 0 }}"
        f" {_DROPZONE}Instructions] > * {{ display: none }}"
        f' {_DROPZONE}] button:has(p)::after {{ content: "{button}"; font-size: 0.933rem }}'
        f' {_DROPZONE}Instructions]::after {{ content: "{limits}"; font-size: 0.875rem }}'
        f' {_REFUSED}::after {{ content: "{refused}"; font-size: 0.875rem; font-weight: 600 }}'
        "</style>"
    )
