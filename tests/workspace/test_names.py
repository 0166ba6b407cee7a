"""Names of one thing: counted together, taken apart again, remembered, never silently."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import MatchError, MonthClosedError
from chanplan.domain.names import Pair
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.questions import Question
from chanplan.settings import Settings
from chanplan.store import checksums
from chanplan.workspace import Workspace, rebuild
from tests.workspace.test_workspace import bring

# The shop calls it 天猫, the ERP Tmall: 100 + 40 and 97 + 30 are one channel's.
SHOP = """渠道,日期,产品名称,客户名称,金额,数量,单位
天猫,2024-01-03,气泡水 330ml,好邻居商贸有限公司,100,2,箱
天猫,2024-02-03,气泡水 330ml,好邻居商贸有限公司,40,1,箱
"""
ERP = """渠道,日期,产品名称,客户名称,金额,数量,单位
Tmall,2024-01-31,气泡水330ML,好邻居商贸,97,3,箱
京东,2024-01-31,可乐,新世界,50,1,瓶
Tmall,2024-03-31,气泡水330ML,好邻居商贸,30,1,箱
"""
YEAR = Scope(Period(202401, 202412))
TMALL = Pair("channel", "Tmall", "天猫")
APART = {"天猫": Decimal(140), "Tmall": Decimal(127), "京东": Decimal(50)}
TOGETHER = {"天猫": Decimal(267), "京东": Decimal(50)}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both files, nothing decided; closed again."""
    home = tmp_path_factory.mktemp("names")
    with Workspace.open(home) as workspace:
        bring(workspace, "店铺.csv", SHOP.encode())
        bring(workspace, "ERP.csv", ERP.encode())
    return home


@pytest.fixture
def space(filled: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of it that a test may change."""
    with Workspace.open(Path(shutil.copytree(filled, tmp_path / "copy"))) as workspace:
        yield workspace


def by(workspace: Workspace, dimension: str, measure: str = "net_sales") -> dict[str, Decimal]:
    found = workspace.ask(MetricQuery((measure,), YEAR, (dimension,))).frame
    return dict(zip(found[dimension], found[measure], strict=True))


def test_nothing_is_matched_by_itself_and_a_match_counts_together(space: Workspace) -> None:
    told = {(one.dimension, one.name.name, one.master.name) for one in space.names.suggestions()}
    assert told == {
        ("channel", "Tmall", "天猫"),
        ("product", "气泡水330ML", "气泡水 330ml"),
        ("customer", "好邻居商贸", "好邻居商贸有限公司"),
    }
    assert by(space, "channel") == APART
    before = space.checksums()
    space.names.match("accept", [one.pair for one in space.names.suggestions()])
    assert space.names.suggestions() == ()
    assert by(space, "channel") == TOGETHER
    assert by(space, "product") == {"气泡水 330ml": Decimal(267), "可乐": Decimal(50)}
    assert space.members("channel") == ["京东", "天猫"]
    # Three customers were two.
    active = space.ask(MetricQuery(("active_customers",), YEAR)).frame["active_customers"]
    assert active.tolist() == [2]
    only = space.ask(MetricQuery(("net_sales",), YEAR.only("channel", "天猫"))).frame
    assert only["net_sales"].tolist() == [Decimal(267)]
    space.names.match("back", [one.pair for one in space.names.decisions()])
    assert by(space, "channel") == APART
    assert checksums.differing(before, space.checksums()) == ()


def test_lines_behind_a_number_keep_the_name_of_their_file(space: Workspace) -> None:
    assert "channel_in_file" not in space.lines(YEAR, 10)
    space.names.match("accept", [TMALL])
    lines = space.lines(YEAR.only("channel", "天猫"), 10)
    assert lines["amount_with_tax"].sum() == by(space, "channel")["天猫"] == Decimal(267)
    own = [name if isinstance(name, str) else None for name in lines["channel_in_file"]]
    assert own == [None, None, "Tmall", "Tmall"]
    assert "product_in_file" not in lines


def test_an_authoritative_source_counts_for_its_channel_by_any_name(space: Workspace) -> None:
    declared = "来源,以此为准的渠道\n店铺,天猫\n".encode()
    bring(space, "来源.csv", declared)
    assert by(space, "channel") == APART
    before = space.checksums()
    space.names.match("accept", [TMALL])
    # January is the shop's word; March only the ERP has.
    assert by(space, "channel") == {"天猫": Decimal(170), "京东": Decimal(50)}
    space.names.match("back", [TMALL])
    assert by(space, "channel") == APART
    assert checksums.differing(before, space.checksums()) == ()


def test_authority_may_name_a_channel_as_the_other_source_does(space: Workspace) -> None:
    space.names.match("accept", [TMALL])
    bring(space, "来源.csv", "来源,以此为准的渠道\n店铺,Tmall\n".encode())
    assert by(space, "channel") == {"天猫": Decimal(170), "京东": Decimal(50)}


def test_rivals_are_told_under_the_common_name(space: Workspace) -> None:
    space.names.match("accept", [TMALL])
    more = "渠道,日期,金额\nTmall,2024-02-09,5\n".encode()
    assert bring(space, "另一份.csv", more, Hints(source="流水")).rivals == ("店铺",)


def test_a_closed_month_keeps_its_names(space: Workspace) -> None:
    space.closings.mark([202401], True)
    before = space.checksums()
    for pair in (TMALL, Pair("customer", "好邻居商贸", "好邻居商贸有限公司")):
        with pytest.raises(MonthClosedError) as raised:
            space.names.match("accept", [pair])
        assert raised.value.values["months"] == "2024-01"
    assert space.checksums() == before and space.names.decisions() == ()
    assert "names_accept" not in {deed.code for deed in space.history()}
    space.closings.mark([202401], False)
    space.names.match("accept", [TMALL])
    assert by(space, "channel") == TOGETHER
    told = space.history()[0]
    assert (told.code, told.values) == ("names_accept", {"pairs": ("Tmall → 天猫",)})


def test_decisions_survive_a_lost_database_and_a_rebuild(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Workspace(settings) as space:
        bring(space, "店铺.csv", SHOP.encode())
        space.names.match("refuse", [Pair("product", "气泡水 330ml", "气泡水330ML")])
        bring(space, "ERP.csv", ERP.encode())
        space.closings.mark([202401], True)
        with pytest.raises(MonthClosedError):
            space.names.match("accept", [TMALL])
        space.closings.mark([202401], False)
        space.names.match("accept", [TMALL])
        before, decided = space.checksums(), space.names.decisions()
    for file in tmp_path.glob("chanplan.duckdb*"):
        file.unlink()
    with Workspace(settings) as space:
        assert by(space, "channel") == TOGETHER
        assert space.names.decisions() == decided and space.checksums() == before
        assert {one.dimension for one in space.names.suggestions()} == {"customer"}
    assert rebuild(settings).identical is True


def test_a_match_that_never_reached_the_database_lands_at_the_next_start(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "ERP.csv", ERP.encode())
        body = {"says": "accept", "pairs": [["channel", "Tmall", "天猫"]]}
        space.store.journal.append("match", body)
    with Workspace.open(tmp_path) as space:
        assert by(space, "channel") == {"天猫": Decimal(127), "京东": Decimal(50)}


def test_chains_are_told_at_their_end_and_come_apart_link_by_link(space: Workspace) -> None:
    space.names.match("accept", [TMALL])
    own = Pair("channel", "天猫", "猫店")  # a name of the company's own
    space.names.match("accept", [own])
    assert by(space, "channel") == {"猫店": Decimal(267), "京东": Decimal(50)}
    assert {one.stands_for for one in space.names.decisions()} == {"猫店"}
    space.names.match("back", [own])
    assert by(space, "channel") == TOGETHER
    # The other way round: the former master goes by the other name, and nothing turns in circles.
    space.names.match("accept", [Pair("channel", "天猫", "Tmall")])
    assert by(space, "channel") == {"Tmall": Decimal(267), "京东": Decimal(50)}
    assert [one.pair.name for one in space.names.decisions()] == ["天猫"]


def test_a_refusal_is_remembered_until_it_is_taken_back(space: Workspace) -> None:
    before = space.checksums()
    space.names.match("refuse", [TMALL])
    assert by(space, "channel") == APART
    assert "channel" not in {one.dimension for one in space.names.suggestions()}
    space.names.match("back", [TMALL])
    assert checksums.differing(before, space.checksums()) == ()
    assert "channel" in {one.dimension for one in space.names.suggestions()}


@pytest.mark.parametrize(
    ("says", "pair", "code"),
    [
        ("accept", Pair("channel", "Tmal", "天猫"), "match_unknown"),
        ("accept", Pair("channel", "天猫", "天猫"), "match_same"),
        ("accept", Pair("channel", "天猫", " "), "match_same"),
        ("accept", Pair("month", "202401", "202402"), "match_dimension"),
        ("back", TMALL, "match_undecided"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_not_written_down(
    space: Workspace, says: str, pair: Pair, code: str
) -> None:
    last = space.store.journal.last
    with pytest.raises(MatchError) as raised:
        space.names.match(says, [pair])  # type: ignore[arg-type]
    assert raised.value.code == code and space.store.journal.last == last


def test_member_tables_are_found_under_every_name(space: Workspace) -> None:
    """2 + 1 boxes of 24 under the table's own name, 3 + 1 under the ERP's: 7 × 24 = 168 bottles."""
    products = (
        "产品编码,产品名称,品类,基本单位,装箱单位,箱规,单位成本\n气泡水 330ml,,饮料,瓶,箱,24,2\n"
    )
    bring(space, "产品.csv", products.encode())
    bring(space, "渠道.csv", "渠道,渠道类型,渠道大类\nTmall,线上,平台电商\n".encode())
    before = space.checksums()
    scope = YEAR.only("product", "气泡水 330ml")
    space.names.match("accept", [TMALL, Pair("product", "气泡水330ML", "气泡水 330ml")])
    asked = MetricQuery(("quantity", "cost"), scope, ("category",))
    assert space.ask(asked).frame.values.tolist() == [["饮料", Decimal(168), Decimal(336)]]
    assert by(space, "channel_group")["平台电商"] == Decimal(267)
    space.names.match("back", [one.pair for one in space.names.decisions()])
    assert checksums.differing(before, space.checksums()) == ()


def test_the_master_s_own_word_goes_before_a_matched_name_s(space: Workspace) -> None:
    told = "渠道,渠道大类\n天猫,综合电商\nTmall,平台\n".encode()
    bring(space, "渠道.csv", told)
    space.names.match("accept", [TMALL])
    assert by(space, "channel_group")["综合电商"] == Decimal(267)


def test_costs_and_successors_are_told_under_masters(space: Workspace) -> None:
    bring(space, "费用.csv", "月份,渠道,费用类型,金额\n2024-01,Tmall,推广费,12\n".encode())
    bring(space, "产品.csv", "产品编码,产品名称,替代产品\n可乐,可乐,气泡水330ML\n".encode())
    space.names.match("accept", [TMALL, Pair("product", "气泡水330ML", "气泡水 330ml")])
    costs = space.ask(Question("channel_costs", YEAR)).frame
    assert list(zip(costs["channel"], costs["amount"], strict=True)) == [("天猫", Decimal(12))]
    fates = space.ask(Question("product_fates", YEAR)).frame
    assert dict(zip(fates["product"], fates["successor"], strict=True))["可乐"] == "气泡水 330ml"


def test_a_province_s_region_is_found_under_every_name(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "a.csv", "日期,渠道,省份,金额\n2024-03-01,天猫,Zhejiang,10\n".encode())
        bring(space, "区域.csv", "大区,省份\n华东,浙江\n".encode())
        before = space.checksums()
        assert by(space, "region") == {"Zhejiang": Decimal(10)}
        space.names.match("accept", [Pair("province", "Zhejiang", "浙江")])
        assert by(space, "region") == {"华东": Decimal(10)}
        assert by(space, "province") == {"浙江": Decimal(10)}
        space.names.match("back", [Pair("province", "Zhejiang", "浙江")])
        assert checksums.differing(before, space.checksums()) == ()


def test_a_matched_name_is_no_channel_never_seen(space: Workspace) -> None:
    space.names.match("accept", [TMALL])
    more = "渠道,日期,产品名称,客户名称,金额,数量,单位\nTmall,2024-04-02,可乐,新世界,5,1,瓶\n"
    drift = bring(space, "店铺四月.csv", more.encode(), Hints(source="店铺")).drift
    assert "channels_new" not in {one.code for one in drift}


def test_an_import_tells_of_its_own_names_on_strong_evidence(space: Workspace) -> None:
    shop, erp = sorted(int(batch) for batch in space.imports.all()["batch"])
    told = {one.dimension for one in space.names.suggestions([erp])}
    assert told == {"channel", "product", "customer"}
    other = bring(space, "c.csv", "渠道,日期,金额\n得物,2024-05-02,5\n".encode())
    assert space.names.suggestions([other.batch]) == ()
    assert len(space.names.suggestions([shop])) == 3
