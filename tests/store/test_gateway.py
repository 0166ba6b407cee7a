"""The door to DuckDB: one process, hardened, nothing half done."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import duckdb
import pytest

from chanplan.domain.errors import StoreBusyError, StoreFaultError
from chanplan.settings import Share
from tests.books import lay, open_store

LINE = {"day": "2024-03-15", "channel": "天猫", "amount_with_tax": "10"}


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def test_a_second_process_is_told_who_holds_the_store(store):
    program = (
        "import sys; from pathlib import Path; from tests.books import open_store\n"
        "from chanplan.domain.errors import StoreBusyError\n"
        "try: open_store(Path(sys.argv[1]))\n"
        "except StoreBusyError as fault: print(fault.values['pid'])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(store.home)], capture_output=True, text=True
    )
    import os

    assert told.stdout.strip() == str(os.getpid()), told.stderr


def test_the_same_process_cannot_open_it_twice_either(store):
    with pytest.raises(StoreBusyError):
        open_store(store.home)


def test_no_file_outside_the_stores_own_folders_can_be_read(store, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        store.fetch("select * from read_csv(?)", [str(outside)])


def test_the_hardening_cannot_be_undone(store):
    with pytest.raises(duckdb.InvalidInputException):
        store.fetch("set enable_external_access = true")


class Stop(BaseException):
    """As a screen's stop signal: no Exception."""


def test_a_stop_signal_rolls_back(store):
    lay(store, [LINE])
    with pytest.raises(Stop), store.taking_in(2) as writer:
        writer.run("delete from sales_line_kept")
        raise Stop
    assert store.fetch("select count(*) as n from sales_line")["n"].iloc[0] == 1
    assert store.position == 1


def test_threads_get_their_own_rows(store):
    wrong = []

    def read(number: int) -> None:
        for _ in range(50):
            found = store.fetch("select ?::integer as n", [number])["n"].iloc[0]
            if found != number:
                wrong.append((number, found))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_money_arrives_as_decimal(store):
    found = store.fetch("select sum(0.1::decimal(18, 4)) as m from range(3)")["m"].iloc[0]
    assert found == Decimal("0.3")
    assert isinstance(found, Decimal)


def test_a_store_opens_again_with_what_was_committed(tmp_path):
    first = open_store(tmp_path)
    lay(first, [LINE])
    first.close()
    again = open_store(tmp_path)
    assert again.fetch("select count(*) as n from lines")["n"].iloc[0] == 1
    again.close()


def test_a_question_that_takes_too_long_is_stopped_and_others_go_on(tmp_path):
    opened = open_store(tmp_path, share=Share(seconds=0.3))
    told = []

    def endless() -> None:
        with pytest.raises(StoreFaultError) as fault:
            opened.fetch("select count(*) from range(1000000000000) where hash(range) % 7 = 1")
        told.append(fault.value.code)

    other = threading.Thread(target=endless)
    other.start()
    assert opened.fetch("select 7 as n")["n"].iloc[0] == 7
    other.join()
    assert told == ["query_too_long"]
    assert opened.fetch("select 8 as n")["n"].iloc[0] == 8
    opened.close()


def test_memory_that_runs_out_is_told_and_rolled_back(tmp_path):
    opened = open_store(tmp_path, share=Share(memory="60MB"))
    lay(opened, [LINE])
    large = "select string_agg(range::varchar, ',') as t from range(20000000)"
    with pytest.raises(StoreFaultError, match="store_no_room"):
        opened.fetch(large)
    with pytest.raises(StoreFaultError, match="store_no_room"), opened.taking_in(2) as writer:
        writer.run("delete from sales_line_kept")
        writer.run(f"create table large as {large}")
    assert opened.fetch("select count(*) as n from sales_line")["n"].iloc[0] == 1
    assert opened.position == 1
    opened.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_an_engine_that_gives_up_is_opened_anew(tmp_path):
    """A checkpoint without room ends the engine: every cursor of every thread is dead then."""
    import resource

    opened = open_store(tmp_path)
    lay(opened, [LINE])
    with opened.taking_in(2) as writer:
        writer.run("create table large as select range as r, hash(range) as h from range(200000)")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with pytest.raises(StoreFaultError, match="store_interrupted"):
            opened._gateway.checkpoint()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with ThreadPoolExecutor(4) as pool:
        counts = pool.map(lambda _: opened.fetch("select count(*) as n from large"), range(8))
    assert [int(one["n"].iloc[0]) for one in counts] == [200_000] * 8
    assert opened.healed is None
    lay(opened, [LINE], batch=3)
    assert opened.position == 3
    opened.close()
