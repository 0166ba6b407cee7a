"""The journal: what was acknowledged stays, what was torn never was."""

from chanplan.store.journal import Journal


def test_entries_count_up_and_survive_a_new_start(tmp_path):
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.append("import", {"name": "天猫.csv"})
    journal.append("switch", {"batch": 1, "active": False})
    again = Journal(path)
    assert again.last == 2
    assert [entry.kind for entry in again.after(0)] == ["import", "switch"]
    assert again.after(1)[0].body == {"batch": 1, "active": False}
    assert again.of_kind("import")[0].body["name"] == "天猫.csv"


def test_a_torn_last_line_is_cut_off_and_its_number_used_again(tmp_path):
    path = tmp_path / "journal.jsonl"
    Journal(path).append("import", {"name": "a"})
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"seq":2,"at":"2024')
    journal = Journal(path)
    assert journal.last == 1
    assert path.read_bytes() == whole
    assert journal.append("import", {"name": "b"}).seq == 2
    assert Journal(path).last == 2


def test_an_empty_journal_has_nothing(tmp_path):
    journal = Journal(tmp_path / "journal.jsonl")
    assert journal.last == 0
    assert journal.after(0) == []
