"""Targets beside sales, asked of a real store; alerts muted and brought back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from chanplan.analysis.tracking_targets import value_of
from chanplan.domain.errors import BadQueryError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace, alerting
from tests.commands.shell import chanplan

YEAR = Period(202401, 202412)
SALES = """销售日期,渠道,大区,经销商,产品名称,销售额
2023-06-15,天猫,华东,甲,气泡水,100
2024-01-10,天猫,华东,甲,气泡水,100
2024-02-10,天猫,华南,乙,气泡水,60
2024-02-20,京东,华东,甲,薯片,40
2024-03-05,京东,华东,甲,薯片,10
2024-03-25,天猫,华东,甲,气泡水,30
"""
TARGETS = """目标月份,渠道,大区,目标金额
2024-01,天猫,,120
2024-02,天猫,,120
2024-03,天猫,,120
2024-01,京东,华东,50
2024-02,京东,华东,50
2024-03,京东,华东,50
"""


def _load(workspace: Workspace, name: str, content: str, source: str | None = None) -> None:
    original = workspace.receive(name, content.encode())
    hints = Hints(source=source) if source else Hints()
    workspace.load(original, workspace.inspect(original, hints))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracking")
    with Workspace.open(folder) as workspace:
        _load(workspace, "销售.csv", SALES)
        _load(workspace, "目标.csv", TARGETS)
    return folder


def _rows(frame: pd.DataFrame, by: str) -> dict[str | None, dict[str, object]]:
    return {None if r["is_total"] else r[by]: r for r in frame.to_dict("records")}


def test_what_was_set_first_stands_beside_what_is_in_force(tmp_path: Path) -> None:
    """京东 is set at 50 a month, and at 80 from March on: 150, then 50 + 50 + 80 = 180."""
    later = "目标月份,渠道,大区,目标金额,版本\n2024-03,京东,华东,80,预测1\n"
    with Workspace.open(tmp_path) as workspace:
        _load(workspace, "销售.csv", SALES)
        _load(workspace, "目标.csv", TARGETS)
        _load(workspace, "目标 修订.csv", later)
        found = workspace.targets.of_year(Scope(YEAR), 2024, ("channel",), date(2024, 3, 10))
    rows = _rows(found, "channel")
    told = {name: (row["target_at_start"], row["target"]) for name, row in rows.items()}
    assert told == {None: (510, 540), "天猫": (360, 360), "京东": (150, 180)}


def test_channels_up_to_a_day(home: Path) -> None:
    """To 10 March: 天猫 160 of 360, 京东 50 of 150 (set with its region, so added up); 70 of the
    91 days of the quarter have gone. What was sold on the 25th is not there yet."""
    with Workspace.open(home) as workspace:
        found = workspace.targets.of_year(Scope(YEAR), 2024, ("channel",), date(2024, 3, 10))
    rows = _rows(found, "channel")
    assert (rows["天猫"]["target"], rows["天猫"]["actual"]) == (Decimal(360), Decimal(160))
    assert (rows["京东"]["target"], rows["京东"]["actual"]) == (Decimal(150), Decimal(50))
    assert (rows[None]["target"], rows[None]["actual"]) == (Decimal(510), Decimal(210))
    assert rows["天猫"]["time_progress"] == Decimal(70) / 91
    assert rows["天猫"]["needed_daily"] == Decimal(200) / 21


def test_to_the_end_of_the_data(home: Path) -> None:
    with Workspace.open(home) as workspace:
        rows = _rows(workspace.targets.of_year(Scope(YEAR), 2024, ("channel",)), "channel")
    assert rows["天猫"]["actual"] == Decimal(190)
    assert rows["天猫"]["covered_to"] == date(2024, 3, 25)


def test_a_level_below_is_not_split_into(home: Path) -> None:
    with Workspace.open(home) as workspace:
        found = workspace.targets.of_year(
            Scope(YEAR), 2024, ("channel", "region"), date(2024, 3, 31)
        )
    states = {(r["channel"], r["region"]): r["state"] for r in found.iloc[1:].to_dict("records")}
    assert states["天猫", None] == "coarser"
    assert states["京东", "华东"] == "open"  # its source ends on the 25th
    assert states["天猫", "华东"] == "no_target"


def test_a_filter_keeps_to_targets_that_name_it(home: Path) -> None:
    with Workspace.open(home) as workspace:
        one = workspace.targets.tracked(
            Scope(YEAR).only("channel", "天猫"), (), date(2024, 3, 31)
        ).frame
    assert one["target"].tolist() == [Decimal(360)] and one["actual"].tolist() == [Decimal(190)]


def test_days_of_an_event_count_by_what_they_brought_a_channel(tmp_path: Path) -> None:
    """天猫 sells 100 a day, 300 on each of the 19 of 双11 2023; 门店 tells of months alone, which
    lie on no day. Of the 122 days from September on, 29 are of 双11 2024: 93 + 29 · 3 = 180."""
    head, first, event = "销售日期,渠道,销售额\n", date(2023, 8, 1), date(2023, 10, 24)
    days = [first + timedelta(days=at) for at in range((date(2024, 8, 31) - first).days + 1)]
    rows = [f"{d},天猫,{300 if event <= d <= date(2023, 11, 11) else 100}" for d in days]
    months = [f"{y}-{m:02d},门店,9000" for y in (2023, 2024) for m in range(1, 13) if y + m < 2033]
    with Workspace.open(tmp_path) as workspace:
        _load(workspace, "天猫.csv", head + "\n".join(rows), "天猫")
        _load(workspace, "门店.csv", head.replace("日期", "月份") + "\n".join(months), "门店")
        _load(
            workspace, "目标.csv", "目标月份,渠道,目标金额\n2024年,天猫,42400\n2024年,门店,99000\n"
        )
        found = workspace.targets.tracked(Scope(YEAR), ("channel",), date(2024, 8, 31))
    worth = found.asked.events
    assert [(each.event.code, each.times) for each in worth.of["天猫"]] == [("double_11", 3)]
    assert worth.whole == worth.of["天猫"] and "门店" not in worth.of
    rows = _rows(found.frame, "channel")
    assert rows["天猫"]["actual"] == 24400
    assert rows["天猫"]["needed_daily"] == 100 and rows["天猫"]["current_daily"] == 100
    assert rows["天猫"]["needed_plain"] == Decimal(18000) / 122
    assert rows["门店"]["needed_daily"] == rows["门店"]["needed_plain"]


def test_a_measure_that_does_not_add_up_is_refused(home: Path) -> None:
    with Workspace.open(home) as workspace, pytest.raises(BadQueryError) as raised:
        workspace.targets.tracked(Scope(YEAR), measure="gross_margin_rate")
    assert raised.value.code == "target_not_additive"


def test_a_source_that_ends_earlier_makes_its_members_late(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        head = "销售日期,渠道,销售额\n"
        _load(workspace, "甲.csv", head + "2024-01-31,天猫,5\n2024-03-31,天猫,5\n", "甲")
        _load(workspace, "乙.csv", head + "2024-01-31,京东,5\n", "乙")
        _load(workspace, "目标.csv", TARGETS.replace("华东", ""))
        rows = _rows(workspace.targets.of_year(Scope(YEAR), 2024, ("channel",)), "channel")
    assert rows["京东"]["late"] and rows["京东"]["covered_to"] == date(2024, 1, 31)
    assert rows["京东"]["time_progress"] == Decimal(31) / 91
    assert not rows["天猫"]["late"] and rows[None]["late"]


def test_track_prints_decimals_as_text(home: Path) -> None:
    words = ["targets", "track", "--home", home, "--as-of", "2024-03-10", "--by", "channel"]
    said = chanplan(*words, "--json")
    assert said.code == 0, said.err
    total, *members = said.json
    assert total["is_total"] and total["target"] == "510.00" and total["actual"] == "210.00"
    assert total["attainment"] == "0.411765"
    for row in members:
        for name in ("target", "actual", "attainment", "time_progress", "landing", "low80",
                     "high80", "p_hit"):  # fmt: skip
            assert isinstance(row[name], str), (row["channel"], name)
    assert {row["channel"] for row in members} == {"天猫", "京东"}
    assert chanplan(*words).out.splitlines()[0].startswith("channel\tis_total\ttarget")


def test_track_says_that_there_is_no_target(home: Path) -> None:
    words = ["targets", "track", "--home", home, "--year", "2023", "--by", "channel"]
    assert "2023-01" in chanplan(*words).out and "is_total" not in chanplan(*words).out
    assert chanplan(*words, "--json").json == {
        "rows": [], "reason": "no_target", "measure": "net_sales",
        "period": "2023-01 – 2023-12",
    }  # fmt: skip


def test_track_says_what_it_cannot_read(home: Path) -> None:
    words = ["targets", "track", "--home", home]
    assert "not a day" in chanplan(*words, "--as-of", "March").err
    refused = chanplan(*words, "--measure", "gross_margin_rate")
    assert refused.code == 1 and "gross_margin_rate" in refused.err


def test_muting_survives_a_lost_database_and_is_told(tmp_path: Path) -> None:
    today = date(2024, 5, 1)
    with Workspace.open(tmp_path) as workspace:
        workspace.alerts.mute("a", date(2024, 5, 8))
        workspace.alerts.mute("b", date(2024, 5, 8))
        workspace.alerts.mute("b", None)
        sums = workspace.checksums()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace.open(tmp_path) as workspace:
        assert workspace.alerts.muted(today) == {"a": date(2024, 5, 8)}
        assert workspace.alerts.muted(date(2024, 5, 9)) == {}
        assert workspace.checksums() == sums
        codes = [deed.code for deed in workspace.history()]
    assert codes == ["alert_back", "alert_muted", "alert_muted"]


def test_a_rate_stands_beside_its_own_actual(tmp_path: Path) -> None:
    """Average price: 100 for 2 and 60 for 3 are 32 in the quarter, 50 and 20 in the months; the
    sum of the months' targets is no target of the quarter."""
    sold = "销售日期,渠道,数量,单位,销售额\n2024-01-31,天猫,2,瓶,100\n2024-02-29,天猫,3,瓶,60\n"
    set_ = "目标期间,渠道,目标项目,目标值\n"
    set_ += "2024-01,天猫,均价,40\n2024-02,天猫,均价,40\n2024Q1,天猫,均价,30\n"
    with Workspace.open(tmp_path) as workspace:
        _load(workspace, "销售.csv", sold)
        _load(workspace, "目标.csv", set_)
        found = workspace.targets.rated(Scope(YEAR), "channel", "average_price")
    told = {
        (r["period"], r["first"]): (r["target"], r["actual"], r["met"], r["state"])
        for r in found.to_dict("records")
    }
    assert told == {
        ("month", 202401): (Decimal(40), Decimal(50), True, "done"),
        ("month", 202402): (Decimal(40), Decimal(20), False, "done"),
        ("quarter", 202401): (Decimal(30), Decimal(32), True, "open"),
    }


def test_targets_of_another_basis_are_told_and_those_of_before_are_found(tmp_path: Path) -> None:
    """2023's targets stand behind the back-test; those of 出货 are not beside 下单 sales."""
    set_ = (
        "目标月份,渠道,目标金额,口径\n2023-06,天猫,70,\n2024-01,天猫,120,\n2024-02,天猫,99,出货\n"
    )
    with Workspace.open(tmp_path) as workspace:
        _load(workspace, "销售.csv", SALES)
        _load(workspace, "目标.csv", set_)
        scope = Scope(YEAR, basis="order")
        assert workspace.targets.tracked(scope, ("channel",)).targets.of["天猫",].value == Decimal(
            120
        )
        told = workspace.targets.elsewhere(scope, "net_sales").to_dict("records")
        assert [(row["basis"], row["rows"]) for row in told] == [("shipment", 1)]
        before = workspace.targets.before(scope, ("channel",), "net_sales")
        assert value_of(before[202301], ("天猫",)) == Decimal(70)
        assert value_of(before[202301], None) == Decimal(70)
        assert value_of(before[202201], None) is None


def test_every_measure_and_level_that_has_targets_is_watched(tmp_path: Path) -> None:
    """天猫 190 of 360 in a quarter that is nearly over; 华东 has sold 1 piece a line; the price of
    天猫 is below its target; a milestone of 180 was reached, one of 500 was not."""
    pieces = "目标期间,大区,目标项目,目标值\n2024Q1,华东,数量,900\n"
    price = "目标期间,渠道,目标项目,目标值\n2024-01,天猫,均价,120\n"
    stones = "里程碑,日期,指标,目标值,渠道\n首单,2024-02-15,净销售额,150,天猫\n"
    stones += "五百,2024-03-01,净销售额,500,天猫\n"
    lines = [f"{line},{1 if at else '数量'}" for at, line in enumerate(SALES.splitlines())]
    with Workspace.open(tmp_path) as workspace:
        _load(workspace, "销售.csv", "\n".join(lines))
        _load(workspace, "目标.csv", TARGETS)
        _load(workspace, "数量目标.csv", pieces)
        _load(workspace, "均价目标.csv", price)
        _load(workspace, "里程碑.csv", stones)
        found = alerting.found(workspace, Scope(YEAR))
    told = {(each.measure, each.level, each.member, each.rule) for each in found}
    assert ("average_price", "channel", "天猫", "rate_missed") in told
    assert any(measure == "quantity" and level == "region" for measure, level, *_ in told)
    assert any(measure == "net_sales" and level == "channel" for measure, level, *_ in told)
    late = [each.values["milestone"] for each in found if each.rule == "milestone"]
    assert late == ["五百"]
    money = [each.measure == "net_sales" for each in found]
    assert money == sorted(money, reverse=True)
    assert len({each.key for each in found}) == len(found)


def test_one_sheet_may_set_several_measures(tmp_path: Path) -> None:
    """A sheet that says of each row what it measures is read by it, however many there are."""
    sheet = "目标期间,渠道,目标项目,目标值\n2024-01,天猫,均价,120\n2024-01,天猫,数量,9\n"
    with Workspace.open(tmp_path) as workspace:
        _load(workspace, "目标.csv", sheet)
        assert set(workspace.targets.levels()["measure"]) == {"average_price", "quantity"}
