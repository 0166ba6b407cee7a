"""The company's side of the tax on the command line: what is asked stands above it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from chanplan.__main__ import main
from chanplan.workspace import Workspace
from tests.store.test_taxes import GROSS, bring


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Workspace.open(tmp_path) as space:
        bring(space, "gross.csv", GROSS, source="网店", tax_rate="0.06")
    return tmp_path


def net(home: Path, *more: str) -> tuple[Decimal, str]:
    words = ["ask", "net_sales", "--home", str(home), "--json", *more]
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 0, found.output
    return Decimal(str(json.loads(found.stdout)[0]["net_sales"])), found.stderr


def test_commands_show_the_company_s_side_and_say_so(home: Path) -> None:
    # 113 + 109 + 106 + 113, and ÷ 1.06
    assert net(home) == (Decimal(441), "")
    with Workspace.open(home) as space:
        space.company.say("tax", "without_tax", "管理层看未税")
    bare, said = net(home)
    assert bare == Decimal("416.0378") and "--tax" in said
    assert net(home, "--tax", "with_tax") == (Decimal(441), "")
