"""`import` of months that its source has told before; sums worked by hand."""

from tests.commands.shell import chanplan

HEAD = "渠道,日期,订单号,金额\n"
FIRST = HEAD + "天猫,2024-01-03,a1,100\n天猫,2024-01-04,a2,50\n京东,2024-01-04,b1,7\n"
# a1 as it was, a2 corrected, a3 new; 京东 is not in it.
AGAIN = HEAD + "天猫,2024-01-03,a1,100\n天猫,2024-01-04,a2,40\n天猫,2024-01-05,a3,5\n"


def total(home) -> str:
    said = chanplan(
        "ask", "net_sales", "--home", home, "--from", "2024-01", "--to", "2024-01", "--json"
    )
    assert said.code == 0, said.err
    [row] = said.json
    return row["net_sales"]


def test_it_is_asked_and_then_done(tmp_path) -> None:
    home, file = tmp_path / "home", tmp_path / "流水.csv"
    file.write_text(FIRST)
    assert chanplan("import", file, "--home", home).code == 0
    file.write_text(AGAIN)
    asked = chanplan("import", file, "--home", home, "--json")
    assert asked.code != 0
    [told] = asked.json
    assert told["error"] == "restated"
    assert "--again" in asked.err
    assert told["restated"] == {
        "takes": None, "files": ["流水.csv"], "months": ["2024-01"],
        "same": 1, "changed": 1, "new": 1, "vanished": 0,
        "channels": [{"channel": "天猫", "before": "150", "now": "145"}],
        "absent": [{"member": "京东", "lines": 1, "net_sales": "7"}],
    }  # fmt: skip
    assert total(home) == "157"

    done = chanplan("import", file, "--home", home, "--again", "replace", "--json")
    assert done.code == 0, done.err
    assert done.json[0]["restated"]["takes"] == "replace"
    assert total(home) == "152"
    same = chanplan("import", file, "--home", home, "--json")
    assert same.json[0]["already_imported"] is not None
    assert total(home) == "152"


def test_a_closed_month_refuses_and_opens(tmp_path) -> None:
    home, file = tmp_path / "home", tmp_path / "流水.csv"
    file.write_text(FIRST)
    assert chanplan("import", file, "--home", home).code == 0
    assert chanplan("close", "2024-01", "--home", home, "--json").json == {"closed": ["2024-01"]}
    file.write_text(AGAIN)
    refused = chanplan("import", file, "--again", "append", "--home", home, "--json")
    assert refused.code != 0 and refused.json[0]["error"] == "month_closed"
    assert "2024-01" in refused.err and total(home) == "157"
    opened = chanplan("close", "2024-01", "--open", "--home", home, "--json")
    assert opened.json == {"closed": []}
    assert chanplan("close", "2024-13", "--home", home).code == 2
