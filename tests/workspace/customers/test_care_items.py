"""Care items: nobody's word is overwritten, on screens or by uploads; taken back; rebuilt alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chanplan.domain.care import Item, key_of
from chanplan.domain.errors import CareError
from chanplan.domain.names import Pair
from chanplan.domain.playbook import Play, defaults
from chanplan.settings import Settings
from chanplan.workspace import Workspace, rebuild
from chanplan.workspace.customers import care_items
from chanplan.workspace.forgetting import forget_batch
from tests.workspace.test_workspace import bring

SALES = "渠道,日期,客户,金额\n天猫,2024-01-03,甲,100\n天猫,2024-02-03,乙,70\n".encode()
DAY = date(2024, 3, 1)
FIRST = Item("", "consumer", "甲", DAY, owner="张伟", due=date(2024, 3, 8))
KEY = key_of("consumer", "甲", DAY)
HEAD = (
    "维护编号,客户,客户群,列入日期,维护人,维护期限,维护状态,维护动作,维护结果,联系日期,名单版次\n"
)


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path) as opened:
        bring(opened, "销售.csv", SALES)
        yield opened


def listed(space: Workspace, key: str, customer: str, owner: str, state: str, result: str,
           version: int | str, day: date = DAY) -> str:  # fmt: skip
    return f"{key},{customer},consumer,{day},{owner},,{state},,{result},,{version}\n"


def standing(space: Workspace, key: str = KEY) -> Item:
    return {one.key: one for one in care_items.items(space.store)}[key]


def test_what_is_said_stands_and_saying_it_again_says_nothing(space: Workspace) -> None:
    done = care_items.say(space, [FIRST], space.version)
    assert done.keys == (KEY,) and done.seq == space.version
    assert standing(space).says() == FIRST.says() and standing(space).said_by
    again = care_items.say(space, [FIRST], space.version)
    assert (again.seq, again.late) == (None, ())
    blank = Item("", "consumer", "乙", DAY)
    assert care_items.say(space, [blank], space.version).seq is None


def test_the_second_of_two_people_is_told_and_nothing_is_overwritten(space: Workspace) -> None:
    both_saw = space.version
    care_items.say(space, [FIRST], both_saw)
    other = Item("", "consumer", "乙", DAY, owner="李娜")
    done = care_items.say(space, [replace(FIRST, owner="王芳"), other], both_saw)
    assert [(one.wanted.owner, one.standing.owner) for one in done.late] == [("王芳", "张伟")]
    assert done.keys == (key_of("consumer", "乙", DAY),)  # the other item is nobody's rival
    assert standing(space).owner == "张伟"
    now = care_items.say(space, [replace(FIRST, owner="王芳")], space.version)
    assert not now.late and standing(space).owner == "王芳"


def test_a_word_is_taken_back_unless_another_follows_it(space: Workspace) -> None:
    one = care_items.say(space, [FIRST], space.version).seq
    two = care_items.say(space, [replace(FIRST, state="contacted")], space.version).seq
    assert one and two and care_items.newest(space.store) == (two, 1)
    with pytest.raises(CareError, match="care_moved_on"):
        care_items.take_back(space, one)
    care_items.take_back(space, two)
    assert standing(space).says() == FIRST.says()
    care_items.take_back(space, one)
    assert care_items.items(space.store) == []
    with pytest.raises(CareError, match="care_no_entry"):
        care_items.take_back(space, one)


def test_an_uploaded_list_is_read_back_by_key(space: Workspace) -> None:
    care_items.say(space, [FIRST], space.version)
    version = space.version
    other = key_of("consumer", "乙", DAY)
    care_items.say(space, [replace(FIRST, result="占线")], version)  # meanwhile, on a screen
    rows = (
        listed(space, KEY, "甲", "王芳", "已联系", "", version)  # changed meanwhile
        + listed(space, other, "乙", "李娜", "open", "下周补货", version)  # new: taken
        + listed(space, "CFFFFFFFFFFF", "丙", "李娜", "", "", version)  # nobody's key
        + listed(space, key_of("consumer", "甲乙", DAY), "甲乙", "", "", "", version)  # untouched
        + listed(space, key_of("consumer", "丁", DAY), "丁", "", "也许", "", version)  # no state
    )
    made = bring(space, "名单.csv", (HEAD + rows).encode())
    assert made.table == "care"
    assert care_items.fates(space.store, made.batch) == {
        "late": 1, "taken": 1, "unknown": 1, "same": 1, "no_state": 1,
    }  # fmt: skip
    assert standing(space).owner == "张伟" and standing(space).result == "占线"
    assert standing(space, other).result == "下周补货"
    told = care_items.untaken(space.store, made.batch)
    assert dict(zip(told["fate"], told["line"], strict=True)) == {
        "late": 2, "unknown": 4, "no_state": 6,
    }  # fmt: skip
    space.switch(made.batch, False)
    assert [one.customer for one in care_items.items(space.store)] == ["甲"]
    space.switch(made.batch, True)
    assert standing(space, other).result == "下周补货"


def test_a_row_nobody_wrote_on_changes_nothing_and_is_no_conflict(space: Workspace) -> None:
    care_items.say(space, [FIRST], space.version)
    version = space.version
    care_items.say(space, [replace(FIRST, owner="王芳")], version)
    row = f"{KEY},甲,consumer,{DAY},张伟,2024-03-08,待联系,,,,{version}\n"
    made = bring(space, "名单.csv", (HEAD + row).encode())
    assert care_items.fates(space.store, made.batch) == {"same": 1}
    assert standing(space).owner == "王芳"


def test_records_kept_by_hand_count_and_are_corrected_by_the_next_file(space: Workspace) -> None:
    head = "客户,维护状态,维护结果,联系日期\n"
    bring(space, "记录.csv", f"{head}甲,已联系,考虑中,2024-03-02\n".encode())
    bring(space, "记录2.csv", f"{head}甲,完成,已下单,2024-03-02\n".encode())
    (one,) = care_items.items(space.store, "partner", "甲")
    assert (one.state, one.result, one.contacted) == ("done", "已下单", date(2024, 3, 2))


def test_everything_is_the_same_after_a_rebuild(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Workspace(settings) as space:
        bring(space, "销售.csv", SALES)
        care_items.say(space, [FIRST], space.version)
        version = space.version
        care_items.write_plays(space, [Play("few_orders", "打电话", 10)], version, "zh")
        row = listed(space, KEY, "甲", "王芳", "已联系", "", version)
        bring(space, "名单.csv", (HEAD + row).encode())
        back = care_items.say(space, [replace(FIRST, result="x")], space.version).seq
        assert back
        care_items.take_back(space, back)
        space.names.match("accept", [Pair("customer", "甲", "甲公司")])
        kept = care_items.items(space.store)
        assert [(one.customer, one.owner) for one in kept] == [("甲公司", "王芳")]
        codes = [deed.code for deed in space.history()]
        assert codes == ["names_accept", "care_back", "care_said", "import", "play_said",
                         "care_said", "import"]  # fmt: skip
    assert rebuild(settings).identical
    with Workspace(settings) as space:
        assert care_items.items(space.store) == kept


def test_the_playbook_is_edited_guarded_and_given_back(space: Workspace) -> None:
    both_saw = space.version
    mine = Play("important_keep", "上门拜访", 7)
    assert care_items.write_plays(space, [mine], both_saw, "zh") == ()
    (standing_,) = care_items.write_plays(space, [replace(mine, days=9)], both_saw, "zh")
    assert (standing_.action, standing_.days) == ("上门拜访", 7)
    assert care_items.playbook(space.store, "en")["important_keep"].days == 7
    with pytest.raises(CareError, match="care_play"):
        care_items.write_plays(space, [replace(mine, days=0)], space.version, "zh")
    care_items.write_plays(space, [Play("important_keep", "", 7)], space.version, "zh")
    assert care_items.playbook(space.store, "en") == dict(defaults("en"))


def test_defaults_know_the_same_segments_in_both_languages() -> None:
    zh, en = defaults("zh"), defaults("en")
    assert zh.keys() == en.keys() and len(zh) == 10
    assert all(one.action for one in [*zh.values(), *en.values()])


def test_a_customer_that_is_forgotten_leaves_no_care_behind(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Workspace(settings) as space:
        first = bring(space, "销售.csv", SALES)
        bring(space, "更多.csv", "渠道,日期,客户,金额\n天猫,2024-03-03,乙,9\n".encode())
        other = Item("", "consumer", "乙", DAY, owner="李娜")
        care_items.say(space, [replace(FIRST, result="SECRET"), other], space.version)
    forget_batch(settings, first.batch)
    with Workspace(settings) as space:
        assert [one.customer for one in care_items.items(space.store)] == ["乙"]
    assert b"SECRET" not in (tmp_path / "journal.jsonl").read_bytes()
    assert rebuild(settings).identical
