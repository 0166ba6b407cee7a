"""A plain text read where it lies gives the rows that a numbered copy of it gives."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chanplan.domain.recipe import Dialect
from chanplan.ingest.read import Sheet
from chanplan.ingest.reading import in_place
from chanplan.ingest.reading.cutting import cut, first_lines
from chanplan.ingest.reading.in_place import LARGE, PlainText
from chanplan.settings import Settings
from chanplan.workspace import Workspace
from chanplan.workspace.rebuilding import rebuild
from tests.ingest.reading_room import only, read_bytes, rows

CELLS = st.text(alphabet="天a1.- ,;'=\t\u3000总", max_size=4).map(
    lambda told: told.replace(",", "")
)
HEADING = "日期,渠道,金额\n"


def both(
    folder: Path, data: bytes, patch: pytest.MonkeyPatch, encoding: str = "utf-8"
) -> list[Sheet]:
    """The text read in place, if it may be, and from a numbered copy."""
    original, staging = folder / "original", folder / "staging"
    original.write_bytes(data)
    staging.mkdir(exist_ok=True)
    first = first_lines(original, encoding, "file.csv")
    made = []
    for least in (0, LARGE):
        patch.setattr(in_place, "LARGE", least)
        made.append(cut(original, "file.csv", staging, Dialect(encoding, ",", '"'), first))
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6),
    st.sampled_from(["\n", ""]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.integers(1, 3),
)
def test_the_same_rows(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: list[tuple[str, str, str]],
    end: str,
    mark: bytes,
    header: int,
) -> None:
    text = HEADING + "\n".join(map(",".join, told)) + end
    plain, numbered = both(tmp_path, mark + text.encode(), monkeypatch)
    assert isinstance(plain.source, PlainText)
    assert not isinstance(numbered.source, PlainText)
    assert (plain.top, plain.line_count) == (numbered.top, numbered.line_count)
    header = min(header, plain.line_count)
    assert rows(plain, header, tmp_path) == rows(numbered, header)
    below, copied = plain.below(header), numbered.below(header)
    assert (below.width, below.rows, below.plain) == (copied.width, copied.rows, copied.plain)


@pytest.mark.parametrize(
    "data",
    [
        f'{HEADING}2024-01-01,"天猫",1\n'.encode(),
        f"{HEADING}2024-01-01,天猫\n".encode(),
        f"{HEADING}2024-01-01,天猫,1,2\n".encode(),
        f"{HEADING}\n2024-01-01,天猫,1\n".encode(),
        f"{HEADING}2024-01-01,天\u200b猫,1\n".encode(),
        HEADING.replace("\n", "\r\n").encode(),
        "金额\n1\n2\n".encode(),
    ],
    ids=["quote", "short", "long", "blank", "unseen", "windows", "one column"],
)
def test_what_is_not_plain_is_numbered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """A quote, rows of several widths, signs taken away: DuckDB reads these, as ever."""
    sheet, _ = both(tmp_path, data, monkeypatch)
    assert not isinstance(sheet.source, PlainText)


def test_another_charset_is_numbered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = f"{HEADING}2024-01-01,天猫,1\n".encode("gb18030")
    sheet, _ = both(tmp_path, data, monkeypatch, "gb18030")
    assert not isinstance(sheet.source, PlainText)


def test_a_large_text(tmp_path: Path) -> None:
    """Many blocks, a heading far below the first of them, and no copy in staging."""
    line = "2024-01-01,天猫,{:010d}\n"
    count = LARGE // len(line.encode()) + 200_000
    data = HEADING + "".join(line.format(at) for at in range(2, count + 2))
    sheet = only(read_bytes(tmp_path, data.encode()))
    assert isinstance(sheet.source, PlainText)
    assert list((tmp_path / "staging").iterdir()) == []
    far = count - 3
    found = rows(sheet, far)
    assert found == [
        (at, "2024-01-01", "天猫", f"{at:010d}", None) for at in range(far + 1, count + 2)
    ]
    assert sheet.below(far).rows == len(found)


def test_the_store_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loaded rows, rows set aside and skipped, and a rebuild, whichever way it was read."""
    odd = ["2062-01-01,天猫,5", "2024-01-02,京东,无价", "合计,,600"]
    usual = [f"2024-0{1 + at % 9}-1{at % 10},天猫{at % 3},{at}.50" for at in range(300)]
    export = tmp_path / "orders.csv"
    export.write_text(HEADING + "\n".join([*usual, *odd]) + "\n", encoding="utf-8")
    told = []
    for least in (0, LARGE):
        monkeypatch.setattr(in_place, "LARGE", least)
        with Workspace(Settings(home=tmp_path / f"home{least}")) as space:
            kept = space.receive(export.name, export)
            counts = space.load(kept, space.inspect(kept)).counts
            rows_ = {
                name: sum_
                for name, sum_ in space.checksums().items()
                if name not in ("batch", "position")
            }
            told.append((counts, rows_))
        assert rebuild(Settings(home=tmp_path / f"home{least}")).identical
    (one, rows_of_one), (other, rows_of_other) = told
    assert one == other
    assert (one.loaded, one.set_aside + one.skipped) == (300, 3)
    assert rows_of_one == rows_of_other
