"""What tables tell of members: now, and as it was from each month on; the first of two lines."""

from __future__ import annotations

from pathlib import Path

from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace

HEAD = "产品编码,产品名称,品类,品牌,生效日期\n"
# p1 is told twice alike in everything but its words; p2 becomes a snack in March 2024.
FIRST = (
    HEAD + "p1,茶,饮料,山野,2024-01-01\np1,茶,零食,,2024-01-01\n"
    "p2,枣,水果,,2024-01-01\np2,枣,零食,,2024-03-05\n"
)
LATER = HEAD + "p1,茶,热饮,,2024-01-01\n"
CATEGORY = " where dimension = 'product' and attribute = 'category' order by member, from_month"


def bring(space: Workspace, name: str, text: str) -> int:
    original = space.receive(name, text.encode())
    return space.load(original, space.inspect(original, Hints())).batch


def told(space: Workspace, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in space.store.fetch(sql).itertuples(index=False)]


def now(space: Workspace) -> dict[object, object]:
    return dict(told(space, "select member, value from attribute_current" + CATEGORY))


def test_members_are_described_as_now_and_as_then(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "产品.csv", FIRST)
        assert now(space) == {"p1": "饮料", "p2": "零食"}
        then = told(
            space, "select member, value, from_month, to_month from attribute_then" + CATEGORY
        )
        assert then == [
            ("p1", "饮料", 202401, 999999),
            ("p2", "水果", 202401, 202402),
            ("p2", "零食", 202403, 999999),
        ]
        brands = told(space, "select member, value from attribute_current where attribute='brand'")
        assert brands == [("p1", "山野")]
        later = bring(space, "产品2.csv", LATER)
        assert now(space) == {"p1": "热饮", "p2": "零食"}
        space.switch(later, False)
        assert now(space) == {"p1": "饮料", "p2": "零食"}
