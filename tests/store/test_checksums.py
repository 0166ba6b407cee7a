"""What every table holds, asked for all at once, is what each tells by itself."""

from __future__ import annotations

from pathlib import Path

from chanplan.store import checksums
from tests.books import lay, open_store


def test_tables_asked_together_tell_what_each_tells_alone(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    bare = store.checksums()
    lay(store, [{"day": "2024-03-15", "channel": "天猫", "amount_with_tax": 5}])
    told = store.checksums()
    with store.trying() as reader:
        alone = {table: checksums.of_rows(reader, table, "true", ()) for table in told}
    store.close()
    assert told == alone
    assert bare["sales_line"] == checksums.EMPTY and told["sales_line"].startswith("1:")
