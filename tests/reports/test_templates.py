"""A template is recognised again without a question, and its example row loads."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from chanplan.domain.tables import all_tables, table
from chanplan.language import LANGUAGES, Language
from chanplan.reports import templates
from chanplan.workspace import Workspace


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(all_tables()))
def test_a_template_has_every_column_and_one_example(name: str, language: Language) -> None:
    sheet = load_workbook(BytesIO(templates.template(name, language))).active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    columns = templates.offered(table(name))
    assert headings == [templates.heading(column, language) for column in columns]
    needed = table(name).needs
    assert all({column.name for column in columns} & set(group) for group in needed)
    assert len(set(headings)) == len(headings)
    assert sheet.max_row == 2 and sheet["A1"].comment is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(all_tables()))
def test_a_template_comes_back_as_its_own_table(
    tmp_path: Path, name: str, language: Language
) -> None:
    with Workspace.open(tmp_path) as workspace:
        content = templates.template(name, language)
        original = workspace.receive(templates.file_name(name, language), content)
        proposal = workspace.inspect(original)
        assert proposal.recipe.table == name and not proposal.questions
        counts = workspace.load(original, proposal).counts
    assert (counts.file, counts.loaded, counts.set_aside) == (1, 1, 0)
