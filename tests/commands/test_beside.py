"""`ask` answers measures beside the lines, and says why where it cannot."""

from tests.commands.shell import chanplan

SALES = "日期,渠道,经销商,金额\n2024-01-05,门店,D1,100\n2024-02-05,门店,D1,300\n"
COLLECTIONS = """经销商编码,回款日期,到期日,回款金额,应收金额
D1,2024-01-31,2024-01-31,80,100
D1,2024-02-20,2024-02-29,60,300
"""


def test_collections_beside_sales_and_what_is_not_told(tmp_path) -> None:
    home, sold, paid = tmp_path / "home", tmp_path / "销售.csv", tmp_path / "回款.csv"
    sold.write_text(SALES)
    paid.write_text(COLLECTIONS)
    assert chanplan("import", sold, paid, "--home", home).code == 0
    words = ("net_sales", "collections", "collection_rate", "--by", "month", "--home", home)
    told = chanplan("ask", *words, "--json")
    assert told.json == [
        {"month": "2024-01", "net_sales": "100", "collections": "80", "collection_rate": "0.8"},
        {"month": "2024-02", "net_sales": "300", "collections": "60", "collection_rate": "0.2"},
    ]
    assert not told.err
    refused = chanplan("ask", "net_sales", "market_share", "--home", home, "--json")
    assert refused.json == [{"net_sales": "400", "market_share": None}]
    assert "market_share" in refused.err and "No market size" in refused.err
    blind = chanplan("ask", "collections", "--by", "product", "--home", home)
    assert blind.code == 0 and "cannot be split" in blind.err
