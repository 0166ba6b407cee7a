"""Known exports: every declaration is sound, and the headings people really have are recognised."""

from __future__ import annotations

from datetime import date

import pytest

from chanplan.domain.scope import BASES
from chanplan.domain.tables import table
from chanplan.ingest.headers import normal
from chanplan.ingest.known_shapes import KnownShape, known_shapes
from chanplan.ingest.read import Book
from chanplan.ingest.recognise import Hints, Proposal, recognise
from chanplan.language.words import text
from tests.fakes import sheet

TODAY = date(2026, 11, 23)
SHAPES = {shape.code: shape for shape in known_shapes()}

# code → (headings as they stand in real exports, a row, some columns that must come out)
REAL = {
    "zoho_deals": (
        "Record Id|Deal Name|Amount|Stage|Closing Date|Account Name.id|Account Name|Deal Owner.id"
        "|Deal Owner|Lead Source|Type",
        "zcrm_1|Pumps|1200|Closed Won|2024-03-05|zcrm_7|Acme|zcrm_8|Ann|Web|New",
        {"order": "Record Id", "customer": "Account Name", "salesperson": "Deal Owner"},
    ),
    "zoho_orders": (
        "Record Id|SO Number|Subject|Account Name|Status|Sub Total|Tax|Grand Total|Created Time",
        "zcrm_1|7|Pumps|Acme|Delivered|100|13|113|2024-03-05 10:00:00",
        {"amount_with_tax": "Grand Total", "amount_without_tax": "Sub Total", "order": "SO Number"},
    ),
    "fxiaoke_orders": (
        "销售订单编号|签约日期|客户名称（必填）|销售订单金额|销售类型|经销商一级|经销商二级|经销商三级"
        "|负责人|负责人主属部门|生命状态",
        "XS1|2024-03-05|杭州好邻居|1200|直销|华东一级|||张伟|华东部|正常",
        {"date": "签约日期", "partner": "经销商一级", "status": "生命状态"},
    ),
    "taobao_orders": (
        "订单编号|买家会员名|买家应付货款|买家实际支付金额|总金额|订单状态|订单创建时间"
        "|订单付款时间 |宝贝标题 |宝贝总数量|退款金额|店铺名称",
        "100000001|王|99|99|99|交易成功|2024-03-05 10:00|2024-03-05 10:01|水|2|0|旗舰店",
        {"amount": "买家实际支付金额", "date": "订单创建时间", "refund": "退款金额"},
    ),
    "taobao_items": (
        "订单编号|标题|价格|购买数量|外部系统编号|商品属性|套餐信息|备注|订单状态|商家编码",
        "100000001|水|9.9|2|A1|红|||交易成功|SKU-1",
        {"order": "订单编号", "product": "商家编码", "product_name": "标题", "unit_price": "价格"},
    ),
    "taobao_refunds": (
        "订单编号|退款编号|支付宝交易号|订单付款时间|商品编码|退款完结时间|买家实际支付金额|宝贝标题"
        "|买家退款金额|售后类型|退款状态|买家退款原因",
        "100000001|R1|Z1|2024-03-05|A1|2024-03-09|99|水|20|仅退款|退款成功|不喜欢",
        {"amount": "买家退款金额", "date": "退款完结时间", "refund_type": "售后类型"},
    ),
    "distributor_flow": (
        "报告月|销售月|经销商编码|经销商名称|客户名称（流向）|产品编码|商品名称|规格|开单日期"
        "|数量(流向单)|单位|单价(流向单)|批号",
        "2024-04|2024-03|D01|华东一级|好邻居|P1|水|330ml|2024-03-05|24|瓶|5.5|B7",
        {"date": "开单日期", "partner": "经销商编码", "quantity": "数量(流向单)"},
    ),
    "ledger": (
        "单据日期|单据编号|客户名称|存货编码|存货名称|主计量单位|数量|无税单价|无税金额|税率|价税合计",
        "2024-03-05|XS1|好邻居|P1|水|瓶|24|5|120|13%|135.6",
        {"amount_with_tax": "价税合计", "amount_without_tax": "无税金额", "product": "存货编码"},
    ),
}  # fmt: skip


def proposed(heads: str, row: str) -> Proposal:
    return recognise(Book((sheet(heads, row),)), "export.csv", Hints(channel="x"), today=TODAY)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_declaration_names_columns_and_says_each_heading_once(shape: KnownShape) -> None:
    assert set(shape.columns) <= set(table(shape.table).columns)
    assert shape.basis in (None, *BASES)
    keys = [
        normal(word)
        for name, words in shape.columns.items()
        if table(shape.table).columns[name].label_of is None
        for word in words
    ]
    assert len(keys) == len(set(keys))
    assert text("zh", f"shapes.{shape.code}") and text("en", f"shapes.{shape.code}")


@pytest.mark.parametrize("code", SHAPES)
def test_a_real_export_is_recognised_with_its_columns(code: str) -> None:
    heads, row, columns = REAL[code]
    found = proposed(heads, row)
    assert (found.shape, found.recipe.table) == (code, SHAPES[code].table)
    assert found.questions == ()
    assert columns.items() <= found.recipe.named_columns().items()
    known = {one.field for one in found.choices if one.reason == "known_shape"}
    assert set(columns) <= known
    assert found.notes[0].code == "known_shape"


def test_the_flow_of_distributors_is_sell_out_and_proposes_its_channel() -> None:
    heads, row, _ = REAL["distributor_flow"]
    found = recognise(Book((sheet(heads, row),)), "export.csv", Hints(), today=TODAY)
    assert found.recipe.basis == "sell_out"
    assert [(one.kind, one.proposal) for one in found.questions] == [("channel", "经销商")]


def test_a_person_stands_above_a_known_export() -> None:
    heads, row, _ = REAL["taobao_orders"]
    hints = Hints(channel="x", columns={"amount": "总金额", "refund": ""})
    found = recognise(Book((sheet(heads, row),)), "export.csv", hints, today=TODAY)
    assert found.recipe.named_columns()["amount"] == "总金额"
    assert "refund" not in found.recipe.columns


def test_a_column_of_a_known_export_whose_cells_do_not_fit_is_looked_for_elsewhere() -> None:
    heads, row, _ = REAL["distributor_flow"]
    found = proposed(heads, row.replace("2024-03-05", "待定"))
    assert found.recipe.named_columns()["date"] == "销售月"
