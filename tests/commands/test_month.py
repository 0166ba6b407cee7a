"""`month close`, `diff`, `reopen`, `status`, and `import --late post`; sums worked by hand."""

from pathlib import Path

from tests.commands.shell import chanplan

HEAD = "渠道,日期,订单号,金额\n"
FIRST = HEAD + "天猫,2024-01-03,a1,100\n天猫,2024-01-31,a2,50\n"
LATE = HEAD + "京东,2024-01-05,b1,7\n"


def test_a_month_is_closed_changed_and_explained(tmp_path: Path) -> None:
    home, file, late = tmp_path / "home", tmp_path / "流水.csv", tmp_path / "京东.csv"
    file.write_text(FIRST)
    late.write_text(LATE)
    assert chanplan("import", file, "--home", home).code == 0
    flash = chanplan("month", "close", "2024-01", "--kind", "flash", "--home", home, "--json")
    assert (flash.json["number"], flash.json["kind"]) == (1, "flash")
    closed = chanplan("month", "close", "2024-01", "--reason", "一月", "--home", home)
    assert closed.code == 0 and "number 2" in closed.out
    again = chanplan("month", "close", "2024-01", "--home", home)
    assert again.code == 1 and "closed already" in again.err

    refused = chanplan("import", late, "--source", "京东", "--home", home, "--json")
    assert refused.json[0]["error"] == "month_closed" and "--late post" in refused.err
    posted = chanplan(
        "import", late, "--source", "京东", "--late", "post", "--home", home, "--json"
    )
    assert posted.json[0]["posted"] == [
        {"month": "2024-01", "to": "2024-02", "lines": 1, "net_sales": "7"}
    ]
    assert "1 late line of the closed" in posted.err

    told = chanplan("month", "diff", "2024-01", "--by", "channel", "--home", home, "--json").json
    assert (told["reported"], told["change"], told["now"]) == ("150", "7", "157")
    [part] = told["parts"]
    assert (part["code"], part["file"], part["to_month"]) == ("posted", "京东.csv", "2024-02")
    assert told["members"] == [
        {"channel": "京东", "reported": "0", "change": "7", "now": "7"},
        {"channel": "天猫", "reported": "150", "change": "0", "now": "150"},
    ]
    said = chanplan("month", "diff", "2024-01", "--snapshot", "1", "--home", home)
    assert "Late lines of 京东.csv" in said.out and "Flash" in said.out

    assert chanplan("month", "reopen", "2024-01", "--home", home).code == 2
    opened = chanplan("month", "reopen", "2024-01", "--reason", "改", "--home", home, "--json")
    assert opened.json == {"month": "2024-01", "reason": "改", "closed": []}
    status = chanplan("month", "status", "2024-01", "--home", home, "--json").json
    assert status["closed"] is False
    assert [one["source"] for one in status["sources"]] == ["流水"]
    assert [(one["number"], one["opened_again"]) for one in status["snapshots"]] == [
        (2, True), (1, False),
    ]  # fmt: skip
    said = chanplan("month", "status", "2024-01", "--home", home).out
    assert "Close" in said and "Send the report: still to do" in said and "0 left" not in said
    never = chanplan("month", "diff", "2024-02", "--home", home)
    assert never.code == 1 and "never been closed" in never.err
