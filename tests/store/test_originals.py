"""Files are kept as they came, under their checksum."""

import hashlib
import io

import pytest

from chanplan.domain.errors import StoreFaultError
from chanplan.store.originals import Originals

CONTENT = "渠道,金额\n天猫,1\n".encode("gb18030")


def test_bytes_streams_and_paths_are_kept_alike(tmp_path):
    originals = Originals(tmp_path / "originals")
    file = tmp_path / "a.csv"
    file.write_bytes(CONTENT)
    kept = [originals.keep("a.csv", data) for data in (CONTENT, io.BytesIO(CONTENT), file)]
    assert {one.sha256 for one in kept} == {hashlib.sha256(CONTENT).hexdigest()}
    assert kept[0].path.read_bytes() == CONTENT
    assert kept[0].size == len(CONTENT)
    assert len([p for p in (tmp_path / "originals").rglob("*") if p.is_file()]) == 1


def test_a_hostile_name_never_becomes_a_path(tmp_path):
    kept = Originals(tmp_path / "originals").keep("../../evil.csv", b"x")
    assert kept.name == "../../evil.csv"
    assert (tmp_path / "originals") in kept.path.parents


def test_finding_what_was_never_kept_is_an_error(tmp_path):
    with pytest.raises(StoreFaultError, match="original_missing"):
        Originals(tmp_path).find("a.csv", "0" * 64)


def test_a_kept_file_that_somebody_has_changed_is_not_taken_for_it(tmp_path):
    originals = Originals(tmp_path)
    kept = originals.keep("a.csv", CONTENT)
    kept.path.write_bytes(CONTENT + b"more")
    with pytest.raises(StoreFaultError, match="original_damaged"):
        originals.find("a.csv", kept.sha256)


def test_a_copy_is_looked_at_before_it_lies_under_its_checksum(tmp_path):
    originals = Originals(tmp_path)
    with originals.copying("a.csv", CONTENT) as copy:
        assert copy.path.read_bytes() == CONTENT
        assert copy.original is None
    kept = originals.keep("a.csv", CONTENT)
    assert copy.original == kept
    assert kept.path.read_bytes() == CONTENT
    assert not copy.path.exists()


def test_of_a_copy_that_nobody_finished_nothing_is_left(tmp_path):
    with pytest.raises(RuntimeError), Originals(tmp_path / "originals").copying("a.csv", CONTENT):
        raise RuntimeError
    assert not list((tmp_path / "originals").iterdir())
