"""A full disk, short memory, others who read or upload meanwhile: nothing is ever half done."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from chanplan.domain.errors import StoreFaultError, UnreadableFileError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.ingest.reading import guard
from chanplan.metrics.query import MetricQuery
from chanplan.reports.tables import ReportColumn, csv_bytes
from chanplan.workspace import Outcome, Workspace

BY_CHANNEL = MetricQuery(
    ("net_sales", "orders", "active_customers"), Scope(Period(202401, 202412)), ("channel",)
)
HEAD = "渠道,日期,订单号,客户,金额\n"
LINES = 4_000
full_disk = pytest.mark.skipif(
    sys.platform == "win32", reason="a limit on the size of files stands in for a full disk"
)


def sales(channel: str, month: int, lines: int = 40) -> bytes:
    """So many lines of one channel and month."""
    return (
        HEAD
        + "".join(
            f"{channel},2024-{month:02d}-{at % 28 + 1:02d},{channel}{month}-{at},c{at % 9},1.50\n"
            for at in range(lines)
        )
    ).encode()


def bring(space: Workspace, name: str, data: bytes) -> Outcome:
    kept = space.receive(name, data)
    return space.load(kept, space.inspect(kept), takes="append")


def state(space: Workspace) -> tuple[tuple[object, ...], ...]:
    """What every reader sees: one row a channel."""
    return tuple(space.ask(BY_CHANNEL).frame.itertuples(index=False, name=None))


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Every write beyond so many bytes of a file fails, as it does on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@full_disk
def test_a_full_disk_is_told_at_every_step_and_costs_nothing(tmp_path: Path) -> None:
    data = sales("京东", 3, LINES)
    with Workspace.open(tmp_path) as space:
        bring(space, "a.csv", sales("天猫", 1))
        before, entries = state(space), space.store.journal.last
        stopped = {}
        for step, room in {"original": 20_000, "staging": len(data), "commit": 330_000}.items():
            with no_file_above(room), pytest.raises(StoreFaultError) as told:
                bring(space, "b.csv", data)
            assert told.value.code == "store_no_room"
            assert state(space) == before
            stopped[step] = space.store.journal.last - entries
        # Only the commit was written down first: an import, and that it was given up.
        assert stopped == {"original": 0, "staging": 0, "commit": 2}
        assert not list((tmp_path / "originals").glob("*.part"))
        assert bring(space, "b.csv", data).counts.loaded == LINES
        after = state(space)
    with Workspace.open(tmp_path) as space:
        assert state(space) == after != before


@full_disk
def test_where_giving_up_cannot_be_written_down_the_deed_is_taken_back(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    with Workspace.open(tmp_path) as space:
        bring(space, "a.csv", sales("天猫", 1, LINES))
        before = journal.read_bytes()
        kept = space.receive("b.csv", sales("天猫", 2, LINES))
        proposal = space.inspect(kept)
        # Room for the entry, which is like the first, and less than for a second.
        with no_file_above(2 * len(before) + 60), pytest.raises(StoreFaultError):
            space.load(kept, proposal)
        assert journal.read_bytes() == before
        assert space.store.journal.last == space.version == 1
        space.load(kept, proposal)
    with Workspace.open(tmp_path) as space:
        assert space.brought_back.loaded == ()
        assert [json.loads(line)["seq"] for line in journal.read_text("utf-8").splitlines()] == [
            1,
            2,
        ]


@full_disk
def test_a_packed_file_without_room_to_unpack_is_not_called_damaged(tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(sales("天猫", 1, LINES))
    with Workspace.open(tmp_path) as space:
        kept = space.receive("a.csv.gz", packed)
        with no_file_above(40_000), pytest.raises(StoreFaultError, match="store_no_room"):
            space.inspect(kept)


@full_disk
def test_a_workbook_without_room_for_its_rows_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.ingest.test_read_workbook import workbook

    def fill(book: object) -> None:
        sheet = book.add_worksheet()  # type: ignore[attr-defined]
        for at in range(3_000):
            sheet.write_row(at, 0, ["天猫天猫天猫天猫", "2024-01-01", 1])

    with Workspace.open(tmp_path) as space:
        kept = space.receive("a.xlsx", workbook(fill))
        # A parser that waits was started when there was room.
        monkeypatch.setattr(guard, "_waiting", guard._Waiting())
        with no_file_above(kept.size + 5_000), pytest.raises(StoreFaultError, match="no_room"):
            space.inspect(kept)


def test_an_engine_that_fails_after_its_commit_has_done_the_deed(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        bring(space, "a.csv", sales("天猫", 1))
        committing = space.store._gateway.transaction

        @contextmanager
        def committed_then_failed() -> Iterator[object]:
            with committing() as writer:
                yield writer
            raise StoreFaultError("store_interrupted", detail="checkpoint")

        space.store._gateway.transaction = committed_then_failed  # type: ignore[method-assign]
        done = bring(space, "b.csv", sales("京东", 2))
        assert done.counts.loaded == 40
        after = state(space)
    with Workspace.open(tmp_path) as space:
        assert state(space) == after and len(after) == 2


def test_readers_see_the_old_or_the_new_state_and_never_between(tmp_path: Path) -> None:
    """One thread asks while another imports, undoes, restores and replaces."""
    with Workspace.open(tmp_path) as space:
        first = bring(space, "a.csv", sales("天猫", 1))
        states, seen, stop = [state(space)], [], threading.Event()

        def read() -> None:
            while not stop.is_set():
                oldest = len(states) - 1
                seen.append((oldest, state(space)))

        reader = threading.Thread(target=read)
        reader.start()
        deeds: list[Callable[[], object]] = [
            lambda: bring(space, "b.csv", sales("京东", 2)),
            lambda: space.switch(first.batch, False),
            lambda: bring(space, "c.csv", sales("天猫", 3, 300)),
            lambda: space.switch(first.batch, True),
            lambda: bring(space, "d.csv", sales("门店", 4, 300)),
        ]
        try:
            for deed in deeds:
                deed()
                states.append(state(space))
        finally:
            stop.set()
            reader.join()
    assert len(set(states)) == len(deeds) + 1 and len(seen) > len(deeds)
    for oldest, one in seen:
        # What a reader saw is one of the states, and none older than when it asked.
        assert one in states[oldest:]


def test_two_uploads_at_once_both_land(tmp_path: Path) -> None:
    files = {f"{channel}.csv": sales(channel, 1, 200) for channel in ("天猫", "京东")}
    with Workspace.open(tmp_path) as space, ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda one: bring(space, *one), files.items()))
        assert [one.already for one in done] == [None, None]
        assert [row[:2] for row in state(space)] == [
            ("京东", Decimal(300)),
            ("天猫", Decimal(300)),
        ]


def test_the_same_file_from_two_people_at_once_counts_once(tmp_path: Path) -> None:
    data = sales("天猫", 1, 200)
    with Workspace.open(tmp_path) as space, ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda name: bring(space, name, data), ("a.csv", "b.csv")))
        assert sorted(one.already is None for one in done) == [False, True]
        assert state(space)[0][:2] == ("天猫", Decimal(300))


def test_a_difference_beyond_all_money_is_told_and_nothing_is_loaded(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as space:
        lossy = "渠道,日期,金额,成本\n天猫,2024-02-02,-99999999999999.99,4185\n"
        with pytest.raises(StoreFaultError, match="amount_too_large"):
            bring(space, "a.csv", lossy.encode())
        assert space.is_empty()
        bring(space, "b.csv", sales("天猫", 1))
        assert state(space)[0][1] == Decimal(60)


HOSTILE = ("=cmd|' /C calc'!A1", "<script>alert(1)</script>", "a'; drop table batch; --", "../x")


def test_hostile_text_is_kept_as_it_is_and_leaves_inert(tmp_path: Path) -> None:
    text = "渠道,日期,金额\n" + "".join(f'"{one}",2024-01-02,1\n' for one in HOSTILE)
    with Workspace.open(tmp_path) as space:
        bring(space, "../../<b>.csv", text.encode())
        frame = space.ask(BY_CHANNEL).frame
        assert set(frame["channel"]) == set(HOSTILE)
        written = csv_bytes(frame, [ReportColumn("channel", "渠道")]).decode("utf-8-sig")
    assert "'=cmd|" in written and "\n=" not in written
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("<")] == []


def test_a_name_of_strange_bytes_is_read_as_chinese_systems_write(tmp_path: Path) -> None:
    name = "三月.csv".encode("gb18030").decode("utf-8", "surrogateescape")
    with Workspace.open(tmp_path) as space:
        assert bring(space, name, sales("天猫", 1)).file == "三月.csv"
        assert space.receive("\ud800.csv", b"x").name == "?.csv"


def test_a_damaged_packing_method_is_told(tmp_path: Path) -> None:
    """LZMA, which a zip may use, has faults of its own."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", sales("天猫", 1))
    data = bytearray(buffer.getvalue())
    data[60:90] = bytes(30)
    with Workspace.open(tmp_path) as space:
        kept = space.receive("a.zip", bytes(data))
        with pytest.raises(UnreadableFileError, match="archive_damaged"):
            space.inspect(kept)
