"""The books of a small company, two months of it: every figure is worked by hand in expected.csv,
before and after each thing that happens to a month.

天猫 tells orders with tax, and their items in a second file; the ERP tells shipments to dealers
without tax, among them a gift and a transfer; dealers tell their own sales with tax. January is
closed; then a return of January comes late, a dealer tells January anew, a tax rate is corrected,
and a dealer moves to another 大区.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import MonthClosedError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.recognise import Hints
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from chanplan.workspace.rebuilding import rebuild

HERE = Path(__file__).parent
JANUARY = 202501
D = Decimal
# What a person answers once for each source; next month's file is asked nothing.
SOURCES = {
    "天猫_订单": {"source": "天猫", "basis": "order", "tax": "with_tax", "tax_rate": "0.13"},
    "天猫_宝贝": {"source": "天猫", "table": "order_items"},
    "天猫_退款": {"source": "天猫", "table": "returns"},
    "ERP_出货": {"source": "ERP", "basis": "shipment", "tax": "without_tax", "tax_rate": "0.13"},
    "流向": {"source": "流向", "basis": "sell_out", "tax": "with_tax", "tax_rate": "0.13"},
    "经销商": {"table": "partners"},
    "税率": {"table": "tax_rates"},
}
STEPS = ("imported", "closed", "returned", "restated", "rated", "moved")


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bring(space: Workspace, name: str, **how):
    known = next(said for start, said in SOURCES.items() if name.startswith(start))
    original = space.receive(name, (HERE / "files" / name).read_bytes())
    return space.load(original, space.inspect(original, Hints(**known)), **how)


def imported(space: Workspace) -> None:
    for name in ("天猫_订单_2025-01", "天猫_宝贝_2025-01", "ERP_出货_2025-01", "ERP_出货_2025-02",
                 "流向_2025-01", "流向_2025-02"):  # fmt: skip
        bring(space, f"{name}.csv")


def closed(space: Workspace) -> None:
    before = space.checksums()
    space.closings.close(JANUARY, reason="1月决算")
    space.closings.reopen([JANUARY], "再看一遍")
    space.closings.close(JANUARY, reason="1月决算")
    after = space.checksums()
    moved = {name for name in after if after[name] != before.get(name)}
    assert {
        name for name in moved if not name.startswith(("snap", "closed_month", "position"))
    } == set()
    kept = {one.checksum for one in space.closings.snapshots(JANUARY)}
    assert len(kept) == 1


def returned(space: Workspace) -> None:
    with pytest.raises(MonthClosedError):
        bring(space, "天猫_退款_2025-02.csv")
    bring(space, "天猫_退款_2025-02.csv", late="post", note="客户 2 月才寄回")


def restated(space: Workspace) -> None:
    with pytest.raises(MonthClosedError):
        bring(space, "流向_2025-01_重报.csv", takes="replace")
    space.closings.reopen([JANUARY], "甲重报 1 月流向")
    bring(space, "流向_2025-01_重报.csv", takes="replace", note="甲漏扣一单")
    space.closings.close(JANUARY, reason="重报后再关")


def rated(space: Workspace) -> None:
    text = (HERE / "files" / "税率_更正.csv").read_text(encoding="utf-8")
    early = space.receive("税率_早.csv", text.replace("2025-02-01", "2025-01-01").encode())
    with pytest.raises(MonthClosedError):
        space.load(early, space.inspect(early, Hints(table="tax_rates")))
    bring(space, "税率_更正.csv")


def moved(space: Workspace) -> None:
    bring(space, "经销商_调整.csv")


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Decimal]]]:
    """Every figure that expected.csv asks for, as it is at each step; and the books at the end."""
    home = tmp_path_factory.mktemp("books")
    found: dict[str, dict[str, Decimal]] = {}
    with Workspace.open(home) as space:
        for step in STEPS:
            globals()[step](space)
            found[step] = {
                str(at): asked(space, row) for at, row in enumerate(rows("expected.csv"))
            }
        found["home"] = home  # type: ignore[assignment]
    yield found


def asked(space: Workspace, row: dict[str, str]) -> Decimal | None:
    month = int(row["month"])
    scope = Scope(Period(month, month), row["basis"], row["tax"], row["attributes"])
    by = (row["by"],) if row["by"] else ()
    frame = space.ask(MetricQuery((row["measure"],), scope, by)).frame
    if by:
        frame = frame[frame[row["by"]] == row["member"]]
    return frame[row["measure"]].iloc[0] if len(frame) else None


def test_every_figure_is_the_one_worked_by_hand(states) -> None:
    told = [
        (at + 2, row["step"], row["measure"], row["member"], states[row["step"]][str(at)],
         row["worked"])
        for at, row in enumerate(rows("expected.csv"))
        if states[row["step"]][str(at)] != D(row["value"])
    ]  # fmt: skip
    assert told == [], "lines of expected.csv that came out otherwise"


@pytest.fixture
def books(states) -> Iterator[Workspace]:
    with Workspace.open(states["home"]) as space:
        yield space


@pytest.mark.parametrize("row", rows("changes.csv"), ids=lambda row: f"{row['basis']} {row['by']}")
def test_reported_and_change_are_what_stands_now(books: Workspace, row: dict[str, str]) -> None:
    first = books.closings.snapshots(JANUARY)[-1]
    scope = Scope(Period(JANUARY, JANUARY), row["basis"], row["tax"])
    by = (row["by"],) if row["by"] else ()
    found = books.closings.change(scope, "net_sales", by, first.id)
    told = (found.reported, found.change, found.now)
    if by:
        one = found.members[found.members[row["by"]] == row["member"]].iloc[0]
        told = (one["reported"], one["change"], one["now"])
    assert told == (D(row["reported"]), D(row["change"]), D(row["now"])), row["worked"]
    if row["deed"]:
        files = {part["file"]: part["change"] for part in found.parts.to_dict("records")}
        assert files == {row["deed"]: D(row["change"])}


def test_a_store_made_anew_from_its_files_has_the_same_books(states) -> None:
    with Workspace.open(states["home"]) as space:
        before, kept = space.checksums(), space.closings.snapshots(JANUARY)
        settings = space.settings
    rebuild(settings)
    with Workspace.open(states["home"]) as space:
        assert space.checksums() == before
        assert space.closings.snapshots(JANUARY) == kept
        assert space.closings.otherwise() == []
