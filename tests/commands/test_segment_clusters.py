"""`segment --method kmeans`: a row per customer, named as on the page; what cannot be is said."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from chanplan.__main__ import main
from tests.workspace.customers.cluster_stores import kinds, laid


def run(home: Path, *more: str) -> tuple[int, str, str]:
    env = {"CHANPLAN_LANGUAGE": "en"}
    told = CliRunner().invoke(
        main, ["segment", "--method", "kmeans", "--home", str(home), *more], env=env
    )
    return told.exit_code, told.stdout, told.stderr


def test_every_customer_has_its_group(tmp_path: Path) -> None:
    home = laid(tmp_path / "home", kinds())
    code, out, _ = run(home, "--csv")
    rows = list(csv.DictReader(StringIO(out)))
    assert code == 0 and len(rows) == 42
    by_kind = {kind: {row["segment"] for row in rows if row["customer"].startswith(kind)}
               for kind in ("大客", "常客", "过客")}  # fmt: skip
    assert all(len(names) == 1 for names in by_kind.values())
    assert len(set.union(*by_kind.values())) == 3
    code, out, _ = run(home, "--json", "--as-of", "2024-11-30")
    assert code == 0 and set(json.loads(out)[0]) == {
        "customer", "segment", "recency", "frequency", "monetary",
    }  # fmt: skip


@pytest.mark.parametrize("each", [2])
def test_too_few_are_one_sentence(tmp_path: Path, each: int) -> None:
    code, out, err = run(laid(tmp_path / "home", kinds(each)))
    assert (code, out) == (1, "") and "at least 20" in err
