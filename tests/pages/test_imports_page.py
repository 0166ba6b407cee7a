"""A file's way over the import page: recognised, asked about, corrected, loaded, told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chanplan.ingest.recognise import Hints
from chanplan.language import Language, text
from chanplan.ui.imports import pick
from chanplan.workspace import Workspace
from tests.pages.conftest import Open, sales_csv
from tests.workspace.test_alike import MONTHS, SHOPS, workbook

NO_CHANNEL = "日期,产品名称,数量,金额\n2024-01-05,气泡水,2,20\n2024-02-05,薯片,1,10\n"
ONE_BAD_LINE = "日期,渠道,金额\n2024-01-05,天猫,20\n2024-01-06,天猫,二十\n"


def uploaded(app: AppTest, **files: bytes) -> AppTest:
    """The page after these files were dropped on it; two underscores stand for the dot."""
    for name, content in files.items():
        app.file_uploader[0].upload(name.replace("__", "."), content)
    return app.run()


def pressed(app: AppTest, label: str) -> AppTest:
    """The page after the button with this label."""
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_a_plain_file_is_shown_loaded_and_counted(open_page: Open, tmp_path: Path) -> None:
    app = uploaded(open_page(tmp_path, "imports"), sales__csv=sales_csv())
    facts = dict(app.table[0].value.iloc[:, 0])
    assert facts["行数"] == "文件 72 行 = 载入 72 + 搁置 0 + 跳过 0"
    assert facts["净销售额合计"] == "5,160.00"
    assert facts["月份"] == "2023年1月–2024年12月（24 个月）"
    columns = app.dataframe[0].value.set_index("field")
    assert columns.loc["渠道", "header"] == "渠道" and "天猫" in columns.loc["渠道", "examples"]

    app = pressed(app, "导入这个文件")
    assert not app.exception and not app.error
    assert app.success[0].value == text("zh", "imports.done", files=1, rows="72")
    row = app.dataframe[0].value.iloc[0]
    assert (row["rows"], row["loaded"], row["set_aside"], row["skipped"]) == (72, 72, 0, 0)
    assert row["sum_loaded"] == 5160

    app.switch_page("pages/overview.py").run()
    assert "2,880" in app.header[0].value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_file_again_changes_nothing_and_asks_nothing(
    open_page: Open, tmp_path: Path, lang: Language
) -> None:
    with Workspace.open(tmp_path) as space:
        for name, content in (("a.csv", sales_csv()), ("b.csv", NO_CHANNEL.encode())):
            kept = space.receive(name, content)
            space.load(kept, space.inspect(kept, Hints(channel="门店")))
        space.switch(2, False)
    app = open_page(tmp_path, "imports", lang)
    app = uploaded(app, again__csv=sales_csv(), asks__csv=NO_CHANNEL.encode())
    assert app.button(key="import_load").disabled and not app.text_input
    told = [each.value for each in app.markdown]
    assert any(text(lang, "imports.count_known", count=2) in each for each in told)
    day = datetime.now().astimezone().strftime("%Y-%m-%d")
    label = text(lang, "imports.state_before", day=day)
    assert [label in each.label for each in app.expander[:2]] == [True, True]


def test_one_answer_serves_all_files_that_ask(open_page: Open, tmp_path: Path) -> None:
    more = NO_CHANNEL.replace("2024", "2023").encode()
    app = uploaded(open_page(tmp_path, "imports"), a__csv=NO_CHANNEL.encode(), b__csv=more)
    assert "2 个" in app.markdown[0].value
    assert app.button(key="import_load").disabled
    app.text_input(key="answer_channel_0").input("门店")
    app = pressed(pressed(app, "确定"), "导入全部 2 个文件")
    assert app.dataframe[0].value["loaded"].tolist() == [2, 2]
    app.switch_page("pages/channels.py").run()
    assert app.dataframe[0].value["name"].tolist() == ["门店"]


def test_a_file_that_is_no_table_does_not_stop_the_others(open_page: Open, tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    app = uploaded(open_page(tmp_path, "imports"), sales__csv=sales_csv(), picture__csv=picture)
    app = pressed(app, "导入可以导入的 1 个文件")
    assert app.success and app.warning
    assert "picture" in app.error[0].value


def test_rows_set_aside_are_shown_with_their_reason(open_page: Open, tmp_path: Path) -> None:
    app = uploaded(open_page(tmp_path, "imports"), bad__csv=ONE_BAD_LINE.encode())
    app = pressed(app, "导入这个文件")
    counted, reasons = app.dataframe[0].value.iloc[0], app.dataframe[1].value.iloc[0]
    assert (counted["rows"], counted["loaded"], counted["set_aside"]) == (2, 1, 1)
    assert reasons["told"] == "读不成金额（净销售额）" and reasons["rows"] == 1
    aside = app.dataframe[2].value.iloc[0]
    assert aside["line"] == 3 and aside["c2"] == "二十"


def test_a_correction_is_applied_and_remembered(open_page: Open, tmp_path: Path) -> None:
    two_amounts = "日期,渠道,金额,含运费\n2024-01-05,天猫,20,25\n".encode()
    app = uploaded(open_page(tmp_path, "imports"), one__csv=two_amounts)
    assert dict(app.table[0].value.iloc[:, 0])["净销售额合计"] == "20.00"
    app.toggle[1].set_value(True).run()
    next(box for box in app.selectbox if box.label == "净销售额").select("含运费")
    app = pressed(app, text("zh", "correct.apply"))
    assert dict(app.table[0].value.iloc[:, 0])["净销售额合计"] == "25.00"
    app = pressed(pressed(app, "导入这个文件"), "继续导入")
    app = uploaded(app, two__csv=two_amounts.replace(b"01-05", b"02-05"))
    assert dict(app.table[0].value.iloc[:, 0])["净销售额合计"] == "25.00"


def test_every_table_has_a_template_to_download(open_page: Open, tmp_path: Path) -> None:
    app = open_page(tmp_path, "imports", "en")
    labels = [button.label for button in app.get("download_button")]
    assert "Sales lines" in labels


def test_files_with_an_open_question_wait_on_the_desk(open_page: Open, tmp_path: Path) -> None:
    app = open_page(tmp_path, "imports")
    app = uploaded(app, sales__csv=sales_csv(), asks__csv=NO_CHANNEL.encode())
    app = pressed(app, "导入可以导入的 1 个文件")
    assert app.info[0].value == text("zh", "imports.left", count=1)
    app = pressed(app, "继续导入")
    offered = [b.label for b in app.button if (b.key or "").startswith("said_channel_0_")]
    assert offered.index("天猫") < offered.index("经销商")  # the company's own, then usual ones
    assert "共 1 个文件" in app.markdown[1].value


def test_a_file_too_large_for_a_browser_comes_from_the_inbox(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "big.csv").write_bytes(sales_csv())
    (inbox / "notes.docx").write_bytes(b"not for us")
    monkeypatch.setattr(pick, "INBOX", inbox)
    app = open_page(tmp_path / "home", "imports")
    assert [b.label for b in app.button].count("选用") == 1
    app = pressed(pressed(app, "选用"), "导入这个文件")
    assert app.dataframe[0].value["file"].tolist() == ["big.csv"]
    app = pressed(app, "继续导入")
    assert not app.markdown or "共" not in app.markdown[0].value


def test_the_same_months_again_wait_for_a_decision(open_page: Open, tmp_path: Path) -> None:
    first = "渠道,日期,订单编号,金额\n天猫,2024-01-05,A1,20\n天猫,2024-01-06,A2,30\n"
    app = uploaded(open_page(tmp_path, "imports"), **{"天猫_2024-01__csv": first.encode()})
    app = pressed(pressed(app, "导入这个文件"), "继续导入")
    app = uploaded(app, **{"天猫_2024-01(1)__csv": first.replace("A2,30", "A2,33").encode()})
    told = " ".join(each.value for each in app.markdown)
    assert "相同 1 行" in told and "数字不同 1 行" in told and "需要先回答" in told
    load = next(button for button in app.button if button.key == "import_load")
    assert load.disabled
    assert app.dataframe[0].value[["before", "now", "change"]].iloc[0].tolist() == [50, 53, 3]
    assert app.radio[0].options == ["追加", "替换"]  # nobody is absent: no whole months
    app.radio[0].set_value("replace").run()
    app = pressed(app, "导入这个文件")
    assert not app.exception and not app.error
    assert "已替换" in app.info[0].value
    app.switch_page("pages/overview.py").run()
    assert "53" in app.header[0].value


def test_a_unit_that_no_table_knows_is_asked_and_may_be_left(
    open_page: Open, tmp_path: Path
) -> None:
    with Workspace.open(tmp_path) as workspace:
        kept = workspace.receive(
            "产品.csv", "产品编码,基本单位,装箱单位,箱规\n水,瓶,箱,24\n".encode()
        )
        workspace.load(kept, workspace.inspect(kept))
    pallets = "日期,渠道,产品名称,数量,单位,金额\n2024-01-06,天猫,水,3,托,900\n".encode()
    app = uploaded(open_page(tmp_path, "imports"), a__csv=pallets)
    asked = app.number_input(key="unit_factor_0")
    assert asked.label == "1 托 = 几 瓶"
    assert not next(button for button in app.button if button.key == "import_load").disabled
    asked.set_value(480)
    app = pressed(app, "确定")
    assert not [each for each in app.number_input if each.key == "unit_factor_0"]
    app = pressed(app, "导入这个文件")
    assert not app.exception and not app.error and not app.warning


def test_sheets_of_one_shape_come_along_or_stay_out(open_page: Open, tmp_path: Path) -> None:
    book = workbook(MONTHS)
    app = uploaded(open_page(tmp_path, "imports"), sales__xlsx=book)
    facts = dict(app.table[0].value.iloc[:, 0])
    assert facts["行数"] == "文件 6 行 = 载入 4 + 搁置 1 + 跳过 1"
    assert facts["净销售额合计"] == "100.00"
    assert any("汇总" in caption.value for caption in app.caption)
    along = next(box for box in app.checkbox if "另有 2 张同样的表" in box.label)
    app = along.uncheck().run()
    assert "载入 2" in dict(app.table[0].value.iloc[:, 0])["行数"]
    along = next(box for box in app.checkbox if "另有 2 张同样的表" in box.label)
    app = pressed(along.check().run(), "导入这个文件")
    assert not app.exception and not app.error
    row = app.dataframe[0].value.iloc[0]
    assert (row["rows"], row["loaded"], row["set_aside"], row["skipped"]) == (6, 4, 1, 1)
    assert row["sum_loaded"] == 100
    assert any("2月" in option for box in app.selectbox for option in box.options)


def test_a_correction_holds_for_all_sheets_and_leaves_each_its_own_channel(
    open_page: Open, tmp_path: Path
) -> None:
    app = uploaded(open_page(tmp_path, "imports"), shops__xlsx=workbook(SHOPS))
    assert any("天猫、京东、抖音" in caption.value for caption in app.caption)
    app = app.toggle[1].set_value(True).run()
    next(box for box in app.text_input if box.label == "来源").input("平台")
    app = pressed(pressed(app, text("zh", "correct.apply")), "导入这个文件")
    assert not app.exception and not app.error
    assert app.dataframe[0].value["sum_loaded"].tolist() == [45]
    app.switch_page("pages/channels.py").run()
    assert sorted(app.dataframe[0].value["name"]) == ["京东", "天猫", "抖音"]


def test_another_source_of_the_same_sales_is_told_before_they_count_twice(
    open_page: Open, tmp_path: Path
) -> None:
    with Workspace.open(tmp_path) as space:
        kept = space.receive("店铺.csv", sales_csv())
        space.load(kept, space.inspect(kept))
    first, *rows = sales_csv().decode().splitlines()
    mended = "\n".join([first, *rows[:6]]).replace(",100,", ",101,")
    app = uploaded(open_page(tmp_path, "imports"), 分店__csv=mended.encode())
    told = text("zh", "imports.rivals_before", others="店铺", source="分店")
    assert told in [each.value for each in app.warning]
    app = pressed(app, "导入这个文件")
    assert any("“对账”页" in each.value for each in app.warning)
    assert "reconcile" in [one.proto.page for one in app.get("page_link")]
