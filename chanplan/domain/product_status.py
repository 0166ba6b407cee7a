"""Whether a product is delisted, told from the status a person wrote in the product table."""

from __future__ import annotations

import unicodedata

# What companies call a product that is no longer sold, as a whole or at the end of a status
# such as "已停产". "停止铺货" and the like are left alone: they may come back.
_DELISTED = ("停产", "停售", "下架", "退市", "下市", "淘汰", "退出", "终止销售")
_DELISTED_LATIN = ("delisted", "discontinued", "withdrawn", "retired", "obsolete", "end of life")
# "未下架" and "not discontinued" say the opposite.
_NOT = ("未", "不", "没", "not ", "non-")


def is_delisted(status: str | None) -> bool:
    """True for 停产, 已下架, Discontinued …; False for what is not known to mean that."""
    folded = unicodedata.normalize("NFKC", status or "").casefold().strip()
    said = any(word in folded for word in (*_DELISTED, *_DELISTED_LATIN))
    return said and not any(word in folded for word in _NOT)
