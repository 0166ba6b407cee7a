"""`segment`: a row per customer, and one sentence where a choice is missing."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from chanplan.analysis.customers import rfm
from chanplan.commands.segmenting import COLUMNS
from tests.commands import shell


def test_a_row_per_customer(sample_home: Path) -> None:
    said = shell.chanplan("segment", "--home", sample_home, "--population", "consumer", "--csv")
    assert said.code == 0
    rows = list(csv.DictReader(StringIO(said.out)))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 3389
    assert {row["segment"] for row in rows} == set(rfm.SEGMENTS)


def test_at_an_earlier_day_as_json(sample_home: Path) -> None:
    args = ("segment", "--home", sample_home, "--population", "partner", "--json")
    now, then = (shell.chanplan(*args, *more) for more in ((), ("--as-of", "2024-06-30")))
    found = {row["customer"]: row for row in json.loads(then.out)}
    money = {row["customer"]: Decimal(row["monetary"]) for row in json.loads(now.out)}
    assert len(found) < len(money) and found.keys() < money.keys()
    assert sum(Decimal(row["monetary"]) for row in found.values()) < sum(money.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_a_choice_it_asks_in_one_sentence(sample_home: Path, lang: str) -> None:
    said = shell.chanplan("segment", "--home", sample_home, language=lang)
    assert said.code == 1 and not said.out
    assert "--population" in said.err and len(said.err.strip().splitlines()) == 1


def test_a_day_that_is_none_and_a_day_too_early(sample_home: Path) -> None:
    args = ("segment", "--home", sample_home, "--population", "outlet", "--as-of")
    assert shell.chanplan(*args, "gestern").code == 2
    said = shell.chanplan(*args, date(2001, 1, 1).isoformat())
    assert said.code == 1 and "2001-01-01" in said.err
