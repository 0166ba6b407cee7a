"""The commands on small files: shapes of what they print, and how they fail."""

import csv
import io
import json

import pytest

from tests.commands.shell import chanplan, started

# 天猫 2024-01 100 + 50 − 20; 京东 2024-02 70; 天猫 2023-01 80
EXPORT = """渠道,日期,订单号,产品,数量,金额
天猫,2024-01-03,a1,茶,2,100.00
天猫,2024-01-04,a2,水,1,50.00
天猫,2024-01-09,a2,水,-1,-20.00
京东,2024-02-01,b1,茶,1,70.00
天猫,2023-01-05,c1,茶,1,80.00
京东,2024-02-30,b2,茶,1,10.00
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands")
    file = folder / "导出.csv"
    file.write_bytes(EXPORT.encode("gb18030"))
    said = chanplan("import", file, "--home", folder / "home", "--json")
    assert said.code == 0, said.err
    (result,) = said.json
    assert result["file"] == "导出.csv"
    assert result["table"] == "sales"
    assert result["rows"] == {"file": 6, "loaded": 5, "set_aside": 1, "skipped": 0}
    assert result["net_sales"] == {"file": "290", "loaded": "280", "set_aside": "10"}
    assert result["months"] == ["2023-01", "2024-01", "2024-02"]
    assert result["columns"]["amount"] == "金额"
    return folder / "home"


def test_ask_as_json(home):
    said = chanplan(
        "ask",
        "net_sales",
        "orders",
        "--by",
        "channel",
        "--from",
        "2024-01",
        "--home",
        home,
        "--json",
    )
    assert said.json == [
        {"channel": "京东", "net_sales": "70", "orders": 1},
        {"channel": "天猫", "net_sales": "130", "orders": 2},
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("--by", "channel", "month"),
        ("--by", "channel", "--by", "month"),
        ("--by=channel", "--by=month"),
    ],
)
def test_several_dimensions_however_they_are_written(home, words):
    said = chanplan("ask", "net_sales", *words, "--home", home, "--json")
    assert [(row["channel"], row["month"], row["net_sales"]) for row in said.json] == [
        ("京东", "2024-02", "70"),
        ("天猫", "2023-01", "80"),
        ("天猫", "2024-01", "130"),
    ]


def test_filters_and_comparison(home):
    said = chanplan(
        "ask", "net_sales", "--where", "channel=天猫", "product=茶", "--from", "2024-01",
        "--to", "2024-01", "--compare", "last_year", "--home", home, "--json",
    )  # fmt: skip
    assert said.json == [{"net_sales": "100", "net_sales__base": "80"}]


def test_ask_as_csv_and_as_text(home):
    said = chanplan(
        "ask", "net_sales", "--by", "channel", "--from", "2024", "--home", home, "--csv"
    )
    assert list(csv.DictReader(io.StringIO(said.out))) == [
        {"channel": "京东", "net_sales": "70"},
        {"channel": "天猫", "net_sales": "130"},
    ]
    assert (
        "天猫\t130"
        in chanplan("ask", "net_sales", "--by", "channel", "--from", "2024", "--home", home).out
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [(("import", "x.csv", "--map", "a"), 2), (("import", "README.md"), 1), (("ask", "orders"), 0)],
)
def test_a_shell_gets_the_same_words_and_codes(home, words, code):
    """What the other tests ask within their own process, in Chinese, asked of the program."""
    said = started(*words, "--home", home, language="zh")
    assert said.code == code
    assert said == chanplan(*words, "--home", home, language="zh")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("ask", "turnover"), 2),
        (("ask", "net_sales", "--by", "colour"), 2),
        (("ask", "net_sales", "--from", "last year"), 2),
        (("ask", "net_sales", "--where", "nonsense"), 2),
        (("ask", "net_sales", "--from", "2024-05", "--to", "2024-01"), 2),
        (("ask",), 2),
        (("import",), 2),
        (("import", "x.csv", "--map", "amount"), 2),
        (("import", "x.csv", "--basis", "guess"), 2),
        (("import", "no-such-file.csv"), 1),
        (("import", "README.md"), 1),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_mistakes_are_told_without_a_traceback(home, words, code, language):
    said = chanplan(*words, "--home", home, language=language)
    assert said.code == code
    assert said.err.strip()
    assert "Traceback" not in said.err
    if code == 1:
        assert len(said.err.strip().splitlines()) == 1


def test_asking_an_empty_store_says_what_to_do(tmp_path):
    said = chanplan("ask", "net_sales", "--home", tmp_path)
    assert said.code == 1
    assert "import" in said.err


def test_one_bad_file_does_not_keep_the_others_out(tmp_path):
    (tmp_path / "good.csv").write_text("渠道,日期,金额\n天猫,2024-01-03,100\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("nothing here\n", encoding="utf-8")
    said = chanplan(
        "import", tmp_path / "bad.csv", tmp_path / "good.csv", "--home", tmp_path / "h", "--json"
    )
    assert said.code == 1
    bad, good = said.json
    assert bad["error"]
    assert good["rows"]["loaded"] == 1


def test_many_monthly_files_with_a_title_line_at_once(tmp_path):
    """33 GB18030 files, a title above the header; the total is 33 × 30 = 990."""
    folder = tmp_path / "exports"
    folder.mkdir()
    for number in range(33):
        year, month = 2021 + number // 12, number % 12 + 1
        text = (
            f"店铺销售明细 {year}年{month}月,,\n日期,渠道,商品名称,销售额\n"
            f"{year}-{month:02d}-01,天猫,茶,10.5\n{year}-{month:02d}-28,天猫,水,19.5\n"
        )
        (folder / f"天猫_{year}{month:02d}.csv").write_bytes(text.encode("gb18030"))
    said = chanplan("import", folder, "--home", tmp_path / "home", "--json")
    assert said.code == 0, said.err
    assert len(said.json) == 33
    assert all(
        one["rows"] == {"file": 2, "loaded": 2, "set_aside": 0, "skipped": 0} for one in said.json
    )
    (total,) = json.loads(chanplan("ask", "net_sales", "--home", tmp_path / "home", "--json").out)
    assert total["net_sales"] == "990"


def test_a_second_process_is_told_who_holds_the_store(tmp_path):
    import os

    from chanplan.workspace import Workspace

    with Workspace.open(tmp_path):
        said = started("ask", "net_sales", "--home", tmp_path)
    assert said.code == 1
    assert str(os.getpid()) in said.err
