"""A workbook to fill in for each kind of table: its columns and one example row."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from chanplan.domain.tables import Column, Table, table
from chanplan.language import Language, text
from chanplan.reports.tables import sheet_name

# Abbreviations that a heading writes in capitals.
_CAPITALS = {"sku": "SKU", "gsv": "GSV", "id": "ID"}
_FORMATS = {"date": "yyyy-mm-dd", "rate": "0%", "amount": "0.00"}


def template(name: str, language: Language) -> bytes:
    """The template of one declared table as an xlsx file. Raises KeyError if undeclared.

    Its headings are the first header words of each column, so that the file is recognised
    again without a question.
    """
    import xlsxwriter

    chosen, buffer = table(name), BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet_name(title(chosen, language)))
        styles = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
        needed = {field for group in chosen.needs for field in group}
        for at, column in enumerate(offered(chosen)):
            style = book.add_format({"bold": column.name in needed, "bottom": 1})
            page.write_string(0, at, heading(column, language), style)
            page.write_comment(0, at, _note(column, column.name in needed, language))
            _write_example(page, at, column, styles)
            page.set_column(at, at, 16)
        page.freeze_panes(1, 0)
    return buffer.getvalue()


def offered(chosen: Table) -> list[Column]:
    """The columns of a template: of alternatives (`needs`) only those with an example.

    A template with three columns for the same amount would only raise the question which.
    """
    alternatives = {field for group in chosen.needs if len(group) > 1 for field in group}
    return [
        column
        for column in chosen.columns.values()
        if column.example or column.name not in alternatives
    ]


def file_name(name: str, language: Language) -> str:
    """销售明细-模板.xlsx / sales-template.xlsx."""
    chosen = table(name)
    return text(language, "templates.file", table=chosen.zh if language == "zh" else name)


def title(chosen: Table, language: Language) -> str:
    """The table's name in the reader's language."""
    return chosen.zh if language == "zh" else chosen.en


def heading(column: Column, language: Language) -> str:
    """The first header word in this language: the one recognition prefers."""
    words = [word for word in column.words if word.isascii() == (language == "en")]
    word = words[0] if words else column.words[0]
    capital = " ".join(_CAPITALS.get(part, part) for part in word.split())
    return capital[:1].upper() + capital[1:]


def _note(column: Column, needed: bool, language: Language) -> str:
    label = column.zh if language == "zh" else column.en
    kind = text(language, f"kinds.{column.kind}")
    need = text(language, "templates.needed" if needed else "templates.optional")
    return text(language, "templates.note", label=label, kind=kind, need=need)


def _write_example(page: Any, at: int, column: Column, styles: dict[str, Any]) -> None:
    example, style = column.example, styles.get(column.kind)
    if not example:
        return
    if column.kind == "date" and len(example) == len("2024-03-15"):
        page.write_datetime(1, at, date.fromisoformat(example), style)
    elif column.kind == "rate" and example.endswith("%"):
        page.write_number(1, at, float(example[:-1]) / 100, style)
    elif column.kind in ("amount", "quantity", "integer", "rate", "factor"):
        page.write_number(1, at, float(example), style)
    else:
        page.write_string(1, at, example)
