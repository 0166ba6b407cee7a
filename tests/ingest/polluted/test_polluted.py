"""A sample of the corpus of polluted files; `python -m tests.ingest.polluted` reads all of it."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.polluted.judging import Judge, cases

# Every so many files one: about fifty in all, other ones for every pollution that is added.
STEP = 127


def test_polluted_files_are_read_right_or_refused_for_the_right_reason(tmp_path: Path) -> None:
    judge = Judge(tmp_path)
    told = {case.name: judge.judge(case) for case in list(cases())[::STEP]}
    wrong = {name: one for name, one in told.items() if one.kind not in ("right", "refused")}
    assert not wrong
    assert len(told) > 40


def test_the_corpus_is_large_and_has_every_pollution_in_both_languages() -> None:
    every = list(cases())
    assert len(every) >= 500
    for language in ("zh", "en"):
        alone = {c.pollutions[0].name for c in every if c.language == language}
        assert alone >= {one.name for c in every for one in c.pollutions}
