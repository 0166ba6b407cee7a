"""Both languages say the same things, and everything the code says exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from chanplan.domain.errors import ChanplanError
from chanplan.domain.scope import BASES, COMPARISONS, TAX_VIEWS
from chanplan.language import LANGUAGES, explain, of_locale, text
from chanplan.language.words import words
from chanplan.metrics.catalogue import catalogue
from tests.conftest import ROOT

ERRORS = {
    "StoreBusyError", "StoreFaultError", "UnreadableFileError", "UnrecognisedTableError",
    "QuestionOpenError", "BadQueryError",
}  # fmt: skip
SAYING = {"say", "text"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a plain name anywhere in the product."""
    for path in sorted((ROOT / "chanplan").rglob("*.py")) + sorted((ROOT / "pages").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path, node


def named(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_both_languages_have_the_same_keys() -> None:
    assert words("zh").keys() == words("en").keys()


def test_both_languages_fill_the_same_placeholders() -> None:
    """A list of columns may stand in its own language; everything else is the same."""
    own = re.compile(r"_(zh|en)$")
    both = {key: [{own.sub("", p) for p in placeholders(words(each)[key])} for each in LANGUAGES]
            for key in words("zh")}  # fmt: skip
    assert {key: sides for key, sides in both.items() if sides[0] != sides[1]} == {}


def test_no_english_sentence_holds_chinese_words() -> None:
    assert [key for key, said in words("en").items() if CHINESE.search(said)] == []


def test_everything_the_code_says_exists() -> None:
    said = {
        (path.name, key)
        for path, call in calls()
        if named(call) in SAYING
        for key in (literal(argument) for argument in call.args[:2])
        if key and re.fullmatch(r"[a-z_]+\.[a-z_.]+", key)
    }
    assert len(said) > 100
    assert {(file, key) for file, key in said if key not in words("zh")} == set()


def test_every_error_raised_on_purpose_has_its_sentence() -> None:
    codes = {
        literal(call.args[0])
        for _, call in calls()
        if named(call) in ERRORS and call.args and literal(call.args[0])
    }
    assert len(codes) > 10
    assert {code for code in codes if f"errors.{code}" not in words("zh")} == set()


def test_every_note_of_recognition_has_its_sentence() -> None:
    codes = {literal(call.args[0]) for _, call in calls() if named(call) == "Note" and call.args}
    known = {code for code in codes if code}
    assert len(known) >= 5
    assert {code for code in known if f"notes.{code}" not in words("zh")} == set()


@pytest.mark.parametrize("name", [*BASES, *TAX_VIEWS, *COMPARISONS])
def test_every_choice_of_a_scope_has_a_name(name: str) -> None:
    assert any(f"{section}.{name}" in words("zh") for section in ("basis", "tax", "compare"))


def test_every_unit_of_the_catalogue_has_a_name() -> None:
    assert all(f"units.{measure.unit}" in words("zh") for measure in catalogue().shown())


def test_lists_are_joined_as_the_language_does() -> None:
    assert text("zh", "imports.unused", headers=["甲", "乙"]) == "没有用到的列：甲、乙"
    assert text("en", "imports.unused", headers=("a", "b")) == "Columns not used: a, b"


def test_a_missing_value_is_a_fault() -> None:
    with pytest.raises(KeyError):
        text("zh", "imports.unused")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh", "zh"), ("ZH-tw", "zh"), ("en-GB", "en"), ("fr", "en"), (None, "en")],
)
def test_a_locale_has_a_language(locale: str | None, language: str) -> None:
    assert of_locale(locale) == language


def test_an_error_is_explained_in_the_reader_s_language() -> None:
    error = ChanplanError("store_busy", pid=4711, home="somewhere")
    assert "4711" in explain(error, "zh") and "4711" in explain(error, "en")
    assert CHINESE.search(explain(error, "zh")) and not CHINESE.search(explain(error, "en"))


def test_an_error_without_a_sentence_is_named_and_not_lost() -> None:
    assert "brand_new" in explain(ChanplanError("brand_new", line=3), "en")
    assert "store_busy" in explain(ChanplanError("store_busy"), "en")


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        (1, "1 file", "这个文件"),
        ("0", "0 files", "这 0 个文件"),
        ("1,234", "1,234 files", "这 1,234 个文件"),
    ],
)
def test_a_word_goes_with_its_count(
    count: object, english: str, chinese: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"k.en": "{count} {count:file|files}", "k.zh": "{count:这个文件|这 {count} 个文件}"}
    monkeypatch.setattr("chanplan.language.words.words", lambda _: said)
    assert text("en", "k.en", count=count) == english
    assert text("zh", "k.zh", count=count) == chinese
