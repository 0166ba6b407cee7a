"""What of an import's money counts, in the store: the files' own totals, told again, given back."""

from decimal import Decimal
from pathlib import Path

from chanplan.analysis.batch_money import placed
from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace

# 100 + 60 paid, 40 of a closed order; told again with 110 for the first order.
MARCH = """\
订单编号,下单日期,产品名称,数量,实付金额,订单状态
A1,2024-03-01,水,1,100,交易成功
A2,2024-03-02,水,1,60,交易成功
A3,2024-03-03,水,1,40,交易关闭
"""
AGAIN = MARCH.replace("100,交易成功", "110,交易成功")
HINTS = Hints(source="店", channel="小程序")


def test_money_moves_to_the_file_that_tells_again_and_back(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        first = _load(space, "三月.csv", MARCH)
        assert _told(space) == {first: (160, 40, 0, "on")}
        second = _load(space, "三月重报.csv", AGAIN, takes="replace")
        assert _told(space) == {first: (0, 0, 200, "replaced"), second: (170, 40, 0, "on")}
        space.switch(second, False)
        assert _told(space) == {first: (160, 40, 0, "on"), second: (0, 0, 210, "off")}


def test_the_shop_export_and_the_returns_of_the_superstore(tmp_path: Path, shared: Path) -> None:
    shop, store = "taobao_export/TB201812_anonymised_gbk.csv", "superstore_zh/示例 - 超市.xls"
    with Workspace.open(tmp_path) as space:
        for path, channel in ((shop, "淘宝"), (store, "超市")):
            original = space.receive((shared / path).name, shared / path)
            space.load(original, space.inspect(original, Hints(channel=channel)))
        found = placed(space.imports.all(), space.imports.money())
        [money] = found[found["name"] == (shared / shop).name].to_dict("records")
        assert (money["counted"], money["apart"]) == (Decimal("346594.16"), Decimal("66006.67"))
        of_store = found[found["name"] == (shared / store).name]
        assert sum(of_store["counted"].dropna(), Decimal(0)) == Decimal("14155593.242")


def _load(space: Workspace, name: str, text: str, takes: str | None = None) -> int:
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, HINTS), takes).batch  # type: ignore[arg-type]


def _told(space: Workspace) -> dict[int, tuple[Decimal, Decimal, Decimal, str]]:
    found = placed(space.imports.all(), space.imports.money())
    return {
        int(row["batch"]): (row["counted"], row["apart"], row["elsewhere"], row["state"])
        for row in found.to_dict("records")
    }
