"""New and repeat customers of real orders, and the move to 抖音直播 of the sample company."""

from __future__ import annotations

import pandas as pd
import pytest

from chanplan.analysis import customer_flows
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.sample import NONE, PLANTED
from chanplan.workspace import Workspace
from tests.stores import simulated


def found(space: Workspace, scope: Scope) -> customer_flows.Flows:
    asked = customer_flows.questions(scope, scope.period.previous())
    return customer_flows.flows(*(space.ask(each).frame for each in asked), scope)


def test_new_and_repeat_customers_of_a_supermarket_month_by_month(shared, tmp_path) -> None:
    """Against pandas alone: a customer's first month in the file is the month it is new."""
    file = shared / "superstore_zh" / "示例 - 超市.xls"
    rows = pd.read_excel(file)
    names = rows["客户 ID"] if "客户 ID" in rows else rows["客户名称"]
    months = pd.to_datetime(rows["订单日期"]).dt
    rows = pd.DataFrame({"who": names, "month": months.year * 100 + months.month,
                         "paid": rows["销售额"]})  # fmt: skip
    rows = rows[rows["paid"] > 0]
    first = rows.groupby("who")["month"].min()
    with Workspace.open(tmp_path) as space:
        kept = space.receive(file.name, file.read_bytes())
        space.load(kept, space.inspect(kept, Hints(channel="商超")))
        basis = space.bases()[0]
        every = sorted(set(rows["month"]))
        told = {m: found(space, Scope(Period(int(m), int(m)), basis)) for m in every}
    assert all(told[month].unknown for month in every[:12])
    for month in every[12:]:
        active = set(rows.loc[rows["month"] == month, "who"])
        new = sum(first[who] == month for who in active)
        company = told[month].company
        assert not told[month].unknown and company is not None
        assert (company["customers"], company["new_company"]) == (len(active), new)
        assert company["repeated"] + company["won_back"] == len(active) - new


@pytest.fixture(scope="module")
def bought() -> dict[str, pd.DataFrame]:
    """Customer × channel × month of the sample company's sales, with the livestream and without."""
    planted = {"with": PLANTED, "without": NONE}
    return {name: _months(simulated(told).sales) for name, told in planted.items()}


def _months(sales: pd.DataFrame) -> pd.DataFrame:
    kept = (sales["basis"] == "shipment") & (sales["line_type"] == "sale")
    kept &= sales["amount_cents"] > 0
    return sales.loc[kept, ["customer", "channel", "month"]].dropna().drop_duplicates()


def test_members_who_moved_to_the_livestream_are_in_the_matrix(sample_home, bought) -> None:
    """From the simulation's own lines, and more of them than in the company without the truth."""
    with Workspace.open(sample_home) as space:
        ways = found(space, Scope(Period(202501, 202512), "shipment")).switches
    to_live = ways[(ways["member"] == "抖音直播") & (ways["before"] == "天猫")]
    assert int(to_live["customers"].sum()) == came(bought["with"], "天猫", "抖音直播")
    assert came(bought["with"], "天猫", "抖音直播") > came(bought["without"], "天猫", "抖音直播")


def came(months: pd.DataFrame, before: str, to: str) -> int:
    """How many were new to a channel in 2025 and bought last in the other one before."""
    sizes = months.groupby("channel")["customer"].nunique()
    first = months[months["channel"] == to].groupby("customer")["month"].min()
    bought = dict(iter(months.groupby("customer")))
    count = 0
    for who, month in first[first >= 202501].items():
        earlier = bought[who][bought[who]["month"] < month]
        latest = earlier.loc[earlier["month"] == earlier["month"].max(), "channel"]
        count += bool(len(latest)) and max(latest, key=lambda name: sizes[name]) == before
    return count
