"""`import` says the currency, `ask` and `explain` refuse to add two of them."""

from tests.commands.shell import chanplan

HOME_FILE = "年份,月份,渠道,金额\n2024,3,天猫,100\n2023,3,天猫,80\n"
ABROAD = "月份,渠道,金额\n3月,亚马逊,30\n"


def test_two_currencies_are_imported_and_not_added(tmp_path) -> None:
    home, here, abroad = tmp_path / "home", tmp_path / "国内.csv", tmp_path / "海外2024.csv"
    here.write_text(HOME_FILE)
    abroad.write_text(ABROAD)
    said = chanplan("import", here, "--home", home)
    assert said.code == 0 and said.out.splitlines()[0].endswith("net sales 180 CNY")
    said = chanplan("import", abroad, "--currency", "usd", "--home", home, "--json")
    assert said.code == 0, said.err
    assert (said.json[0]["currencies"], said.json[0]["months"]) == (["USD"], ["2024-03"])

    both = chanplan("ask", "net_sales", "--by", "channel", "--home", home, "--json")
    assert [row["net_sales"] for row in both.json] == [None, None]
    assert "unlike currencies" in both.err
    alone = chanplan("ask", "net_sales", "--where", "channel=天猫", "--home", home, "--json")
    assert alone.json == [{"net_sales": "180"}] and "unlike" not in alone.err
    refused = chanplan("explain", "--to", "2024-03", "--from", "2024-03", "--home", home)
    assert refused.code != 0 and "unlike currencies" in refused.err
