"""Pollutions of whole files: other sheets, charsets, separators, packing."""

from __future__ import annotations

import codecs
from typing import Any

from tests.ingest.polluted.draft import Draft
from tests.ingest.polluted.pollutions import ALL, POLLUTIONS, TEXT, Pollution, pollution


@pollution("sheets", forms=("xlsx",))
def other_sheets(draft: Draft) -> None:
    draft.options["before"] = [
        ("说明", False, [["本表由系统导出"]]),
        ("old", True, [["日期", "渠道", "金额"], ["2023-01-01", "x", "5"]]),
    ]


@pollution("epoch", forms=("xlsx",))
def from_1904(draft: Draft) -> None:
    draft.options["book"] = {"date_1904": True}


def _charsets() -> None:
    known = {
        "gb18030": ("gb18030", b""), "utf8_mark": ("utf-8", codecs.BOM_UTF8),
        "utf16_le_mark": ("utf-16-le", codecs.BOM_UTF16_LE),
        "utf16_be_mark": ("utf-16-be", codecs.BOM_UTF16_BE), "utf16_le": ("utf-16-le", b""),
        "utf16_be": ("utf-16-be", b""),
    }  # fmt: skip
    for name, (encoding, mark) in known.items():

        def do(draft: Draft, encoding: str = encoding, mark: bytes = mark) -> None:
            draft.encoding = encoding
            draft.options["mark"] = mark

        POLLUTIONS.append(Pollution(name, "charset", TEXT, do))


_charsets()


def _cuts() -> None:
    for name, changes in {
        "semicolons": {"separator": ";"}, "tabs": {"separator": "\t"}, "pipes": {"separator": "|"},
        "windows_lines": {"line_end": "\r\n"}, "mac_lines": {"line_end": "\r"},
        "all_quoted": {"quote_all": True}, "gzipped": {"wrapped": "gz"},
        "zipped": {"wrapped": "zip"},
    }.items():  # fmt: skip

        def do(draft: Draft, changes: dict[str, Any] = changes) -> None:
            for key, value in changes.items():
                setattr(draft, key, value)
            if "lines_above" in draft.options:
                draft.options["lines_above"] = [
                    f"sep={draft.separator}" if line.startswith("sep=") else line
                    for line in draft.options["lines_above"]
                ]

        forms = ALL if name in ("gzipped", "zipped") else TEXT
        part = next(iter(changes))
        POLLUTIONS.append(Pollution(name, part, forms, do))


_cuts()
