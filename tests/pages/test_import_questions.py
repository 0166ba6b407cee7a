"""What the import page asks is answered by one click, taken back by another, and told in sums."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from chanplan.language import text
from tests.pages.conftest import Open
from tests.pages.test_imports_page import NO_CHANNEL, pressed, uploaded

# 100 + 30 are sales; 20 of a closed order is none: 150 = 130 + 20.
WITH_STATUS = (
    "日期,渠道,订单编号,订单状态,金额\n2024-01-05,天猫,A1,交易成功,100\n"
    "2024-01-06,天猫,A2,交易关闭,20\n2024-01-07,天猫,A3,交易成功,30\n"
)
TWO_WAYS = "日期,渠道,金额\n03/04/2024,天猫,20\n05/06/2024,天猫,30\n"
NOT_ONE = "日期,渠道,金额\n2024-01-05,天猫,二十\n2024-01-06,天猫,三十\n"


def offered(app: AppTest, kind: str) -> list[str]:
    """The answers that are buttons."""
    return [one.label for one in app.button if (one.key or "").startswith(f"said_{kind}_0_")]


def test_one_click_answers_and_another_takes_it_back(open_page: Open, tmp_path: Path) -> None:
    app = uploaded(open_page(tmp_path, "imports"), tmall_a__csv=NO_CHANNEL.encode())
    assert offered(app, "channel")[:2] == ["天猫", "淘宝"]  # the file's name proposes the first
    app = pressed(app, "京东")
    assert not offered(app, "channel") and not app.button(key="import_load").disabled
    assert dict(app.table[0].value.iloc[:, 0])["渠道"] == "京东"
    app = pressed(app, text("zh", "answered.change"))
    assert offered(app, "channel") and app.button(key="import_load").disabled
    app = pressed(pressed(app, "天猫"), "导入这个文件")
    assert app.success and not app.exception


def test_files_of_unlike_headings_are_asked_apart(open_page: Open, tmp_path: Path) -> None:
    other = NO_CHANNEL.replace("产品名称", "客户")
    files = {"a__csv": NO_CHANNEL.encode(), "b__csv": other.encode()}
    app = uploaded(open_page(tmp_path, "imports"), **files)
    assert len([one for one in app.text_input if (one.key or "").startswith("answer_channel")]) == 2


def test_a_few_choices_are_buttons_with_the_column_in_question(
    open_page: Open, tmp_path: Path
) -> None:
    app = uploaded(open_page(tmp_path, "imports"), a__csv=TWO_WAYS.encode())
    assert any("“日期”列：03/04/2024" in one.value for one in app.caption)
    app = pressed(app, text("zh", "options.date_order.mdy"))
    assert "2024年3月–5月" in dict(app.table[0].value.iloc[:, 0])["月份"]


def test_what_is_no_sale_stands_beside_what_counts(open_page: Open, tmp_path: Path) -> None:
    app = uploaded(open_page(tmp_path, "imports"), a__csv=WITH_STATUS.encode())
    sums = "150.00 = 计入 130.00 + 按状态不算销售 20.00（1 行：交易关闭 1）"
    assert dict(app.table[0].value.iloc[:, 0])["其中计入净销售额"] == sums
    app = pressed(app, "导入这个文件")
    row = app.dataframe[0].value.iloc[0]
    assert (row["sum_loaded"], row["counted"]) == (150, 130)
    assert any(sums in one.value for one in app.markdown)


def test_a_file_of_which_nothing_fits_says_so_before_and_after(
    open_page: Open, tmp_path: Path
) -> None:
    app = uploaded(open_page(tmp_path, "imports"), a__csv=NOT_ONE.encode())
    assert "2 行全部会搁置：2 行读不成金额（净销售额）" in app.warning[0].value
    app = pressed(app, "导入这个文件")
    assert not app.success and "没有一行能载入" in app.warning[0].value
    assert list(app.dataframe[2].value.columns)[:3] == ["line", "told", "c2"]  # what is wrong first


def test_a_column_that_a_file_seems_to_lack_is_named_on_the_page(
    open_page: Open, tmp_path: Path
) -> None:
    unknown = "日期,渠道,产品名称,甲,乙\n2024-01-05,天猫,水,20,1\n2024-01-06,天猫,茶,30,2\n"
    app = uploaded(open_page(tmp_path, "imports"), a__csv=unknown.encode())
    assert "缺少" in app.error[0].value
    app = app.toggle[1].set_value(True).run()
    next(box for box in app.selectbox if box.label == "净销售额").select("甲")
    app = pressed(app, text("zh", "correct.apply"))
    assert not app.error
    assert dict(app.table[0].value.iloc[:, 0])["净销售额合计"] == "50.00"


def test_many_files_of_one_source_are_told_of_in_one_sentence(
    open_page: Open, tmp_path: Path
) -> None:
    rows = "日期,渠道,产品名称,金额\n2024-01-05,天猫,水{0},{0}\n"
    files = {f"店{at}__csv": rows.format(at + 1).encode() for at in range(8)}
    app = uploaded(open_page(tmp_path, "imports"), **files)
    app = pressed(app, "导入全部 8 个文件")
    (told,) = [one.value for one in app.warning]
    assert "另有" in told and told.count(".csv") <= 10 and not app.error


def test_an_export_without_rows_changes_nothing_and_says_so(
    open_page: Open, tmp_path: Path
) -> None:
    app = uploaded(open_page(tmp_path, "imports"), a__csv="日期,渠道,金额\n".encode())
    assert app.info[0].value == text("zh", "imports.no_rows")
    app = pressed(app, "导入这个文件")
    assert not app.success and "没有数据行" in app.info[0].value


def test_real_exports_come_in_by_the_page_at_their_published_sums(
    open_page: Open, tmp_path: Path, shared: Path
) -> None:
    names = {
        "taobao_export/TB201812_anonymised_gbk.csv": "淘宝",
        "superstore_zh/示例 - 超市.xls": "线下门店",
    }
    app = open_page(tmp_path, "imports")
    for name in names:
        app.file_uploader[0].upload(Path(name).name, (shared / name).read_bytes())
    app = app.run()
    for answer in names.values():
        app = pressed(app, answer)
    app = pressed(app, "导入全部 2 个文件")
    assert not app.exception and not app.error
    rows = app.dataframe[0].value.set_index("file")
    taobao = rows.loc["TB201812_anonymised_gbk.csv"]
    assert round(taobao["sum_loaded"], 2) == 412600.83
    assert round(taobao["sum_loaded"] - taobao["counted"], 2) == 66006.67
    assert round(rows.loc["示例 - 超市.xls"]["counted"], 3) == 14155593.242
    told = " ".join(one.value for one in app.markdown)
    assert "退货 1,961,955.00" in told and "按状态不算销售 66,006.67（629 行：交易关闭 627" in told
