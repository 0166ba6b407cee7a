"""Names on figures: safe, short, and titles that fit a phone."""

from chanplan.charts.words import shortened, width, wrapped


def test_width_counts_chinese_twice() -> None:
    assert (width("abc"), width("天猫ab"), width("")) == (3, 6, 0)


def test_names_keep_their_end() -> None:
    assert shortened("京东自营") == "京东自营"
    assert shortened("唯品会旗舰店（上海浦东分店）") == "唯品会旗…分店）"
    assert width(shortened("唯品会旗舰店（上海浦东分店）", 10)) <= 10
    assert shortened("Distributors North") == "Distributo…North"


def test_titles_break_between_words_and_before_no_comma() -> None:
    assert wrapped("Amazon drove the growth", 12) == "Amazon drove<br>the growth"
    assert wrapped("天猫和京东，带动增长", 10) == "天猫和京<br>东，带动增<br>长"
    assert wrapped("a < b", 20) == "a &lt; b"
    assert wrapped("", 10) == ""
