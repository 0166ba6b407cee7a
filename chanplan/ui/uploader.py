"""The uploader's own words cannot be set: ours are drawn in their place."""

from __future__ import annotations

import streamlit as st

_DROPZONE = "[data-testid=stFileUploaderDropzone"


def speak(button: str, limits: str) -> None:
    """Words for every uploader of the page: on its button, and what it takes beside it."""
    st.html(
        f"<style>{_DROPZONE}] button p {{ font-size: 0 }}"
        f" {_DROPZONE}Instructions] > * {{ display: none }}"
        f' {_DROPZONE}] button:has(p)::after {{ content: "{button}"; font-size: 0.933rem }}'
        f' {_DROPZONE}Instructions]::after {{ content: "{limits}"; font-size: 0.875rem }}</style>'
    )
