"""The care list on data: its figures by hand, the workbook there and back, the planted dealer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from chanplan.analysis.customers import care, outcome
from chanplan.analysis.customers.facts import Asked
from chanplan.domain.care import STATE_WORDS, STATES, Item, key_of
from chanplan.domain.masking import is_personal, masked
from chanplan.domain.period import Period
from chanplan.domain.playbook import defaults
from chanplan.domain.scope import Scope
from chanplan.language import text
from chanplan.reports import care_book
from chanplan.workspace import Workspace, care_files
from chanplan.workspace.customers import care_items
from tests.commands.shell import chanplan
from tests.workspace.test_workspace import bring

DAY = date(2024, 3, 31)
PHONE = "13812341234"


def fact(
    customer: str, silence: int, gap: float | None, year: int, before: int, days: int = 5
) -> dict:
    return {
        "customer": customer, "recency": silence, "gap": gap, "net_year": Decimal(year),
        "net_year_before": Decimal(before), "days": days,
        "last": DAY, "orders": 5, "channel": "天猫",
        "net": Decimal(year + before),
    }  # fmt: skip


FACTS = pd.DataFrame([
    fact("静", 91, 34.0, 120_000, 182_000),
    fact("稳", 30, 34.0, 900_000, 0),
    fact("新", 300, None, 500, 0),
    fact("在谈", 10, 34.0, 100, 0),
])  # fmt: skip


def test_money_at_risk_by_hand() -> None:
    assert care.interval_risk(91, 34) == pytest.approx(57 / 91)
    assert (care.interval_risk(30, 34), care.interval_risk(30, None)) == (0, 0)
    talking = Item(key_of("partner", "在谈", DAY), "partner", "在谈", DAY, owner="张", seq=9)
    found = care.list_of(FACTS, {"静": "important_keep"}, [talking], defaults("zh"), "partner", DAY)
    assert found["customer"].tolist() == ["静", "在谈"]
    first = found.iloc[0]
    assert first["at_risk"] == Decimal("114000.07") and first["usual"] == Decimal(182_000)
    assert first["suggested"] == defaults("zh")["important_keep"].action
    assert (found.iloc[1]["owner"], found.iloc[1]["key"]) == ("张", talking.key)
    told = care.silent(FACTS)
    assert (told.customers, told.usual, told.without, told.active) == (1, Decimal(182_000), 1, 2)
    by_model = care.list_of(FACTS, {}, [], defaults("en"), "partner", DAY, {"静": 0.5})
    assert by_model["at_risk"].tolist() == [Decimal("91000.00")]


def test_an_account_that_orders_on_and_brings_much_less_is_slipping_away() -> None:
    """Usual 100,000, last year 60,000, one chance in five of having left: of the next year
    4/5 × 60,000 = 48,000 is to be expected, so 52,000 is at risk."""
    facts = pd.DataFrame([
        fact("少", 5, 4.0, 60_000, 100_000, days=40),
        fact("差不多", 4, 4.0, 70_000, 100_000, days=40),
        fact("偶尔", 4, 4.0, 10, 100, days=11),
    ])  # fmt: skip
    found = care.list_of(facts, {}, [], defaults("zh"), "partner", DAY)
    assert [*zip(found["customer"], found["at_risk"], found["shrunk"], strict=True)] == [
        ("少", Decimal("52000.00"), True)
    ]
    told = care.silent(facts)
    assert (told.customers, told.shrunk, told.lost, told.active) == (0, 1, Decimal(40_000), 3)


def test_what_came_of_it_beside_similar_customers() -> None:
    def day(contacted: int, similar: int, bought: int, similar_bought: int) -> pd.DataFrame:
        rows = [("c", True, at < bought) for at in range(contacted)]
        rows += [("s", False, at < similar_bought) for at in range(similar)]
        return pd.DataFrame({
            "customer": [f"{kind}{at}" for at, (kind, _, _) in enumerate(rows)],
            "segment": "x", "value": 1, "recency": 2, "near": False,
            "contacted": [one for _, one, _ in rows], "bought": [one for *_, one in rows],
        })  # fmt: skip

    told = outcome.outcome([day(40, 100, 20, 25)])
    assert told.enough and (told.share, told.expected) == (0.5, 0.25)
    assert told.difference == 0.25 and told.margin == pytest.approx(0.1768, abs=1e-3)
    few = outcome.outcome([day(5, 100, 3, 25)])
    assert not few.enough and few.margin is None and few.bought == 3
    assert outcome.outcome([], 4).pending == 4


def test_states_read_back_in_both_languages() -> None:
    for lang in ("zh", "en"):
        for state in STATES:
            assert text(lang, f"care_list.state_{state}") in STATE_WORDS[state]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_is_worked_on_and_read_back_by_key(tmp_path: Path, lang: str) -> None:
    with Workspace.open(tmp_path) as space:
        sales = "渠道,日期,客户,金额\n" + "".join(
            f"天猫,2024-0{month}-0{at},{name},{10 * at}\n"
            for name in ("甲", PHONE) for month in (1, 2) for at in (1, 3, 5)
        )  # fmt: skip
        bring(space, "销售.csv", (sales + "天猫,2024-06-30,乙,1\n").encode())
        asked = Asked("consumer", Scope(Period(202401, 202406)), date(2024, 6, 30))
        listed = space.customers.care.listed(asked, "zh")
        assert set(listed["customer"]) == {"甲", PHONE}
        open_ = text(lang, "care_list.state_open")
        rows = [{**row, "customer": masked(row["customer"]), "state": open_, "reason": "x",
                 "population": "consumer", "version": space.version}
                for row in listed.to_dict("records")]  # fmt: skip
        words = [text(lang, f"care_list.state_{one}") for one in STATES]
        told = [care_book.Told("reason", text(lang, "care_list.reason")),
                care_book.Told("suggested", text(lang, "care_list.suggested"))]  # fmt: skip
        made = care_book.workbook(rows, told, words, lang, "list")
        assert PHONE.encode() not in made
        book = openpyxl.load_workbook(BytesIO(made))
        page = book.active
        heads = {cell.value: cell.column for cell in page[1]}
        own = care_book.headings(lang)
        assert page.column_dimensions[page.cell(1, heads[own["key"]]).column_letter].hidden
        assert page.data_validations.dataValidation and page.protection.sheet
        untouched = care_files.read_back(space, "same.xlsx", made, asked)
        assert untouched.fates == {"same": 2} and care_items.items(space.store) == []
        for line in (2, 3):
            page.cell(line, heads[own["state"]]).value = words[1]
            page.cell(line, heads[own["result"]]).value = "下周补货"
        saved = BytesIO()
        book.save(saved)
        done = care_files.read_back(space, "list.xlsx", saved.getvalue(), asked)
        assert done.untaken.empty
        kept = {one.customer: (one.state, one.result) for one in care_items.items(space.store)}
        assert kept == dict.fromkeys(("甲", PHONE), ("contacted", "下周补货"))


def test_late_rows_are_taken_only_when_asked(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "销售.csv", "渠道,日期,客户,金额\n天猫,2024-01-03,甲,100\n".encode())
        asked = Asked("consumer", Scope(Period(202401, 202401)), DAY)
        item = Item("", "consumer", "甲", DAY, owner="张")
        care_items.say(space, [item], space.version)
        key = key_of("consumer", "甲", DAY)
        head = "维护编号,客户,客户群,列入日期,维护人,维护状态,名单版次\n"
        row = f"{head}{key},甲,consumer,{DAY},李,已联系,1\n"
        done = care_files.read_back(space, "x.csv", row.encode(), asked)
        assert done.untaken["fate"].tolist() == ["late"]
        assert care_items.items(space.store)[0].owner == "张"
        care_files.take_late(space, done.batch)
        assert care_items.items(space.store)[0].owner == "李"
        assert care_files.told(space, done.batch).untaken.empty


def test_the_fading_distributor_is_near_the_top(sample_home: Path) -> None:
    with Workspace.open(sample_home) as space:
        scope = Scope(Period(202301, 202512), basis="shipment")
        asked = Asked("partner", scope, space.customers.data_date(scope))
        found = space.customers.care.listed(asked, "zh")
        assert found["customer"].iloc[0] == "D008" and found["shrunk"].iloc[0]
        orders = space.customers.care.last_orders(asked, ["D008"])["D008"]
        assert len(orders) == 3 and orders[0][0] == date(2025, 12, 3)
        told = space.customers.care.silent(asked)
        assert told.customers + told.shrunk == len(found) < 15


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (PHONE, "138****1234"),
        ("+86 138-1234-1234", "138****1234"),
        ("11010519491231002X", "110****002X"),
        ("li.na@example.com", "l****@example.com"),
        ("12345678901", "12345678901"),
        ("D0001", "D0001"),
        ("110105194913310021", "110105194913310021"),
    ],
)
def test_numbers_of_persons_are_masked_by_their_value(value: str, shown: str) -> None:
    assert masked(value) == shown
    assert is_personal(value) == (value != shown)


def test_masked_in_answers_unless_asked_and_counted_whole(tmp_path: Path) -> None:
    other = "13899991234"  # reads alike, and is another customer
    with Workspace.open(tmp_path) as space:
        rows = "渠道,日期,客户,收货地址,身份证号,金额\n" + "".join(
            f"天猫,2024-01-03,{one},桂花路1号,11010519491231002X,5\n" for one in (PHONE, other)
        )
        bring(space, "销售.csv", rows.encode())
        assert space.customers.masks("customer") == dict.fromkeys((PHONE, other), "138****1234")
        for table in ("sales_line", "customers", "member_name", "set_aside"):
            held = space.store.fetch(f"select * from {table}").to_csv()
            assert "桂花路" not in held and "11010519491231002X" not in held
    args = ("ask", "net_sales", "--by", "customer", "--csv", "--home", tmp_path)
    said = chanplan(*args)
    assert said.code == 0 and said.out.count("138****1234") == 2 and PHONE not in said.out
    assert PHONE in chanplan(*args, "--unmasked").out
    count = chanplan("ask", "active_customers", "--json", "--home", tmp_path)
    assert count.json[0]["active_customers"] == 2
