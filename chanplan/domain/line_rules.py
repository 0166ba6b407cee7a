"""A company's rules for what kind of line a line is: what they speak of, and in which words."""

from __future__ import annotations

from chanplan.domain.line_types import LINE_TYPES

TABLE = "line_rules"
# What a rule may speak of, the most particular first, which stands above those after it →
# columns of the sales line that it is held against.
FIELDS: dict[str, tuple[str, ...]] = {
    "order": ("order_number",),
    # goods for nothing (amount 0, quantity above 0), by the source they come from
    "free": ("source",),
    "product": ("product",),
    "customer": ("customer",),
    "partner": ("partner",),
    "channel": ("channel",),
    "category": ("category",),
    "status": ("status", "type_word"),
    "source": ("source",),
}
# What a rule may make of a line; a sale with a negative amount is a return. "file" ends a rule:
# from then on the file's own word counts.
AS_IN_FILE = "file"
MAKES = ("gift", "transfer", "freight", "adjustment", "not_a_sale", "sale", AS_IN_FILE)

# Words by which tables call them, lower case.
FIELD_WORDS = {
    "单据号": "order", "单号": "order", "订单号": "order", "单据前缀": "order",
    "单据号前缀": "order", "order prefix": "order", "document": "order", "order": "order",
    "金额为0": "free", "零金额": "free", "免费": "free", "free": "free", "amount 0": "free",
    "产品": "product", "商品": "product", "product": "product",
    "客户": "customer", "customer": "customer",
    "伙伴": "partner", "经销商": "partner", "店铺": "partner", "partner": "partner",
    "渠道": "channel", "channel": "channel",
    "品类": "category", "类别": "category", "category": "category",
    "状态": "status", "订单状态": "status", "单据类型": "status", "行类型": "status",
    "status": "status", "line type": "status",
    "来源": "source", "数据来源": "source", "source": "source",
}  # fmt: skip
TYPE_WORDS = {
    **{kind: kind for kind in (*LINE_TYPES, AS_IN_FILE)},
    "赠品": "gift", "样品": "gift", "赠品/样品": "gift", "gift": "gift", "sample": "gift",
    "调拨": "transfer", "内部调拨": "transfer",
    "运费": "freight", "邮费": "freight", "shipping": "freight",
    "调整": "adjustment", "调账": "adjustment",
    "非销售": "not_a_sale", "不计入": "not_a_sale", "not a sale": "not_a_sale",
    "销售": "sale", "按文件": AS_IN_FILE, "as in file": AS_IN_FILE,
}  # fmt: skip


def field_of(word: str) -> str | None:
    """What a rule's word for its field means; None where nobody knows."""
    return FIELD_WORDS.get(word.strip().casefold())


def type_of(word: str) -> str | None:
    """What a rule's word for a type of line means; None where no rule may say so."""
    kind = TYPE_WORDS.get(word.strip().casefold())
    return kind if kind in MAKES else None
