"""Real exports come out at their published totals, with nothing typed in but one channel."""

from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.analysis import bridge, two_periods
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.workspace import Workspace
from tests.commands.shell import chanplan

# Published totals are told to the cent.
CENT = Decimal("0.01")
# file, rows, net sales, months (first, last), some recognised columns
FILES = {
    "superstore": (
        "superstore_zh/示例 - 超市.xls",
        10_000,
        "16117548.237",
        ("2014-01", "2017-12"),
        {"date": "订单日期", "amount": "销售额", "region": "地区", "profit": "利润"},
    ),
    "dealers": (
        "dealers_zh/销售记录.xlsx",
        15_092,
        "70299898.66",
        None,
        {"date": "下单日期", "amount": "金额", "order": "订单编号", "quantity": "数量"},
    ),
    "resellers": (
        "reseller_monthly/ResellerSales_202006.csv",
        3_004,
        None,
        ("2020-06", "2020-06"),
        {"date": "OrderDate", "amount": "SalesAmount", "cost": "TotalProductCost"},
    ),
    "online_retail": (
        "online_retail/online_retail_2011-10.xlsx",
        60_742,
        None,
        ("2011-10", "2011-10"),
        {"date": "InvoiceDate", "unit_price": "UnitPrice", "order": "InvoiceNo"},
    ),
}


@pytest.fixture(scope="module")
def imported(shared, tmp_path_factory):
    """name → (what import said, the store's folder); each file in a store of its own."""
    done = {}
    for name, (file, *_) in FILES.items():
        home = tmp_path_factory.mktemp(name)
        said = chanplan("import", shared / file, "--channel", "渠道", "--home", home, "--json")
        assert said.code == 0, said.err
        done[name] = (said.json, home)
    return done


def ask(home: Path, *words: str):
    said = chanplan("ask", *words, "--home", home, "--json")
    assert said.code == 0, said.err
    return said.json


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_loaded_and_accounted_for(imported, name):
    _, rows, total, months, columns = FILES[name]
    ((result,), _) = imported[name]
    assert result["rows"] == {"file": rows, "loaded": rows, "set_aside": 0, "skipped": 0}
    assert result["net_sales"]["file"] == result["net_sales"]["loaded"]
    if total:
        assert abs(Decimal(result["net_sales"]["loaded"]) - Decimal(total)) < CENT
    if months:
        assert (result["months"][0], result["months"][-1]) == months
    assert columns.items() <= result["columns"].items()


def test_superstore_by_region_orders_and_customers(shared, tmp_path):
    """The published figures are those of the sheet of orders alone."""
    file = shared / FILES["superstore"][0]
    words = ("--channel", "渠道", "--sheet", "订单", "--home", tmp_path)
    assert chanplan("import", file, *words).code == 0
    by_region = {
        row["region"]: Decimal(row["net_sales"])
        for row in ask(tmp_path, "net_sales", "--by", "region")
    }
    assert by_region["华东"] == Decimal("4692464.994")
    assert by_region["西南"] == Decimal("1303124.508")
    assert sum(by_region.values()) == Decimal("16117548.237")
    (total,) = ask(tmp_path, "net_sales", "orders", "active_customers", "gross_margin")
    assert (total["orders"], total["active_customers"]) == (2_773, 790)
    assert Decimal(total["gross_margin"]) == Decimal("2156559.517")


def test_superstore_with_its_returns(imported, shared):
    """The sheet of returns joins the orders: against pandas over the two sheets."""
    import pandas as pd

    (result,), home = imported["superstore"]
    (returned,) = result["companions"]
    assert (returned["sheet"], returned["table"], returned["rows"]["loaded"]) == (
        "退货",
        "returns",
        296,
    )
    assert Decimal(returned["joined"]["returned"]) == Decimal("1961954.995")
    assert returned["joined"]["rows_without_order"] == 0
    (total,) = ask(home, "net_sales", "orders", "active_customers")
    assert Decimal(total["net_sales"]) == Decimal("16117548.237") - Decimal("1961954.995")
    assert (total["orders"], total["active_customers"]) == (2_773, 790)
    sheets = pd.read_excel(shared / FILES["superstore"][0], sheet_name=None, engine="calamine")
    kept = sheets["订单"][~sheets["订单"]["订单 ID"].isin(sheets["退货"]["订单 ID"])]
    for row in ask(home, "net_sales", "--by", "region"):
        expected = kept.loc[kept["地区"] == row["region"], "销售额"].sum()
        assert abs(Decimal(row["net_sales"]) - Decimal(str(round(expected, 3)))) < CENT


def test_dealers_orders_and_provinces(imported):
    home = imported["dealers"][1]
    (total,) = ask(home, "net_sales", "orders", "quantity", "active_customers")
    assert Decimal(total["net_sales"]).quantize(CENT) == Decimal("70299898.66")
    assert total["orders"] == 6_554
    assert Decimal(total["quantity"]) == 100_155
    assert len(ask(home, "net_sales", "--by", "region")) == 31


def test_online_retail_amounts_are_quantity_times_price(imported, shared):
    """Against pandas over the same month of the published year."""
    import pandas as pd

    home = imported["online_retail"][1]
    year = pd.read_parquet(shared / "online_retail/online_retail.parquet")
    month = year[year["InvoiceDate"].dt.to_period("M") == pd.Period("2011-10")]
    total = (month["Quantity"] * month["UnitPrice"]).sum()
    (found,) = ask(home, "net_sales", "orders")
    assert abs(Decimal(found["net_sales"]) - Decimal(str(round(total, 3)))) < Decimal("0.01")
    assert found["orders"] == month["InvoiceNo"].nunique()


def test_resellers_against_an_independent_reading(imported, shared):
    import csv

    home = imported["resellers"][1]
    file = shared / "reseller_monthly/ResellerSales_202006.csv"
    with file.open(encoding="utf-16", newline="") as text:
        lines = list(csv.DictReader(text))
    (found,) = ask(home, "net_sales", "cost", "orders", "quantity")
    assert Decimal(found["net_sales"]) == sum(Decimal(line["SalesAmount"]) for line in lines)
    assert Decimal(found["cost"]) == sum(Decimal(line["TotalProductCost"]) for line in lines)
    assert found["orders"] == len({line["SalesOrderNumber"] for line in lines})
    assert Decimal(found["quantity"]) == sum(int(line["OrderQuantity"]) for line in lines)


GRAINS = [("channel",), ("product",), ("channel", "product"), ("partner",), ("customer",),
          ("category",), ("region",), ("partner", "product")]  # fmt: skip


@pytest.mark.parametrize("name", ["superstore", "dealers", "online_retail"])
def test_a_bridge_sums_to_the_change_at_every_grain(imported, name):
    """The last whole months against those before: steps to the change, totals to the store's."""
    home = imported[name][1]
    with Workspace.open(home) as workspace:
        covered = workspace.periods()
        months = list(Period(covered.first, covered.last))
        now = Period(months[len(months) // 2], months[-1])
        base = Period(months[0], months[max(0, len(months) // 2 - 1)])
        scope = Scope(now, basis=workspace.bases()[0])
        queries = two_periods.queries(scope, base)
        total, before = (workspace.ask(each).frame["net_sales"].sum() for each in queries)
        for by in GRAINS:
            found = bridge.bridge(workspace.ask(bridge.question(scope, base, by)).frame, by, now)
            assert (found.current, found.base) == (total, before)
            assert sum(found.steps.values()) == found.change
            assert all(found.items[step].sum() == found.steps[step] for step in bridge.STEPS)


def test_wide_targets_go_in_as_they_are(shared, tmp_path):
    file = shared / "reseller_monthly/ResellerSalesTargets.csv"
    (told,) = chanplan("import", file, "--home", tmp_path, "--json").json
    assert told["table"] == "targets" and told["rows"]["set_aside"] == 0
    assert Decimal(told["net_sales"]["loaded"]) == Decimal(676_210)


def test_a_wide_table_asks_what_it_does_not_say(shared, tmp_path):
    file = shared / "messy_zh/产品销售统计.xlsx"
    said = chanplan("import", file, "--channel", "x", "--home", tmp_path, "--json")
    assert said.code == 1 and said.err.count("\n") == 1 and "Traceback" not in said.err
    assert "quantities and no amounts" in said.err and "总量." in said.err  # its own headings
    words = ("--table", "targets", "--year", "2024", "--home", tmp_path, "--json")
    (told,) = chanplan("import", file, *words).json
    assert told["rows"]["loaded"] == 8 * 12 and told["rows"]["set_aside"] == 0


def test_the_same_file_again_changes_nothing(imported, shared):
    (first,), home = imported["superstore"]
    again = chanplan(
        "import", shared / FILES["superstore"][0], "--channel", "渠道", "--home", home, "--json"
    )
    assert again.code == 0
    assert again.json[0]["already_imported"]
    assert again.json[0]["batch"] == first["batch"]
    assert again.json[0]["companions"][0]["already_imported"]
    (total,) = ask(home, "net_sales")
    assert Decimal(total["net_sales"]) == Decimal("16117548.237") - Decimal("1961954.995")


def test_without_a_channel_the_file_asks_for_one(shared, tmp_path):
    said = chanplan("import", shared / FILES["superstore"][0], "--home", tmp_path)
    assert said.code == 1
    assert "--channel" in said.err
