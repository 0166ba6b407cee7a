"""What is unlike before in a source's next file is told, and the file is loaded all the same."""

from decimal import Decimal as D

from chanplan.ingest.recognise import Hints
from chanplan.workspace import Workspace
from tests.workspace.test_returns import bring

HEAD = "日期,渠道,产品,数量,金额\n"


def month(number: int, times: int = 1, price: int = 10) -> str:
    """Three products in two channels: 10, 20 and 30 pieces at one price."""
    days = (
        f"2024-{number:02d}-05,天猫,水",
        f"2024-{number:02d}-06,京东,茶",
        f"2024-{number:02d}-07,天猫,糖",
    )
    pieces = (10 * times, 20 * times, 30 * times)
    return "".join(f"{day},{n},{n * price}\n" for day, n in zip(days, pieces, strict=True))


def told(made) -> dict[str, dict]:
    return {one.code: dict(one.values) for one in made.drift}


def quarter(space: Workspace) -> None:
    bring(space, "店铺1月.csv", HEAD + month(1) + month(2) + month(3))


def test_the_next_month_of_the_same_kind_has_none(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        assert bring(space, "店铺4月.csv", HEAD + month(4)).drift == ()


def test_columns_renamed_new_and_gone(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        text = HEAD.replace("金额", "销售额").replace("数量", "备注,件数")
        rows = "2024-04-05,天猫,水,x,10,100\n"
        assert told(bring(space, "店铺4月.csv", text + rows)) == {
            "column_renamed": {"field": "quantity", "before": "数量", "now": "件数"},
            "columns_new": {"headers": ("备注",)},
        }
        gone = bring(space, "店铺5月.csv", "日期,渠道,产品,销售额\n2024-05-05,天猫,水,100\n")
        assert told(gone)["columns_missing"] == {"headers": ("备注", "件数")}


def test_members_never_seen(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        more = "2024-04-08,抖音,气泡水,1,10\n2024-04-08,抖音,苏打水,2,20\n"
        assert told(bring(space, "店铺4月.csv", HEAD + month(4) + more)) == {
            "channels_new": {"names": ("抖音",), "count": 1},
            "products_new": {"names": ("苏打水", "气泡水"), "count": 2},
        }


def test_a_price_ten_times_as_high_is_another_unit(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        found = told(bring(space, "店铺4月.csv", HEAD + month(4, price=100)))
        assert found["price_jump"] == {"times": D(10), "before": D(10), "now": D(100)}


def test_a_price_of_one_product_that_jumps(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        text = (HEAD + month(4)).replace("糖,30,300", "糖,30,3600")
        found = told(bring(space, "店铺4月.csv", text))
        assert found["products_jump"] == {"names": ("糖",), "count": 1, "times": D(12)}


def test_a_month_more_than_twice_the_largest_before(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        assert told(bring(space, "店铺4月.csv", HEAD + month(4, times=2))) == {}
        found = told(bring(space, "店铺5月.csv", HEAD + month(5, times=5)))
        # 3,000 in May; April's 1,200 was the largest.
        assert found == {"month_large": {"month": 202405, "amount": D(3000), "times": D("2.5")}}


def test_months_missing_between_the_files_and_within_one(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        found = told(bring(space, "店铺6月.csv", HEAD + month(6) + month(8)))
        assert found == {"months_missing": {"months": (202404, 202405, 202407)}}


def test_a_price_that_jumps_where_no_product_is_named(tmp_path):
    head = "日期,渠道,数量,金额\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "店铺1月.csv", head + "2024-01-05,天猫,10,100\n")
        found = told(bring(space, "店铺2月.csv", head + "2024-02-05,天猫,1,110\n"))
        assert found == {"price_jump": {"times": D(11), "before": D(10), "now": D(110)}}


def test_a_unit_that_the_product_table_does_not_know(tmp_path):
    with Workspace.open(tmp_path) as space:
        bring(space, "产品.csv", "产品编码,基本单位,装箱单位,箱规\n水,瓶,箱,24\n")
        head = HEAD.replace("数量", "数量,单位")
        assert bring(space, "店铺1月.csv", head + "2024-01-05,天猫,水,2,箱,100\n").drift == ()
        first = bring(space, "ERP.csv", head + "2024-01-05,天猫,水,2,桶,100\n")
        assert told(first) == {"units_unknown": {"names": ("桶",), "count": 1}}
        made = bring(space, "店铺2月.csv", head + "2024-02-05,天猫,水,2,托,900\n")
        assert told(made)["units_unknown"] == {"names": ("托",), "count": 1}


def test_another_source_is_not_held_against_it(tmp_path):
    with Workspace.open(tmp_path) as space:
        quarter(space)
        assert bring(space, "ERP.csv", HEAD + month(9, price=500)).drift == ()


def test_what_was_answered_is_not_asked_again_of_the_same_source(tmp_path):
    head = "日期,金额\n"
    with Workspace.open(tmp_path) as space:
        bring(
            space,
            "店铺1月.csv",
            head + "2024-01-05,1\n",
            channel="天猫",
            tax="with_tax",
            tax_rate="0.13",
        )
        original = space.receive("店铺2月.csv", (head + "2024-02-05,1\n").encode())
        found = space.inspect(original)
        assert (found.questions, found.recipe.constants) == ((), {"channel": "天猫"})
        assert (found.recipe.tax, found.recipe.tax_rate) == ("with_tax", "0.13")
        other = space.receive("别家2月.csv", (head + "2024-02-05,2\n").encode())
        assert [question.kind for question in space.inspect(other).questions] == ["channel"]


def test_a_correction_holds_for_headings_that_are_nearly_the_same(tmp_path):
    text = "日期,渠道,产品,金额,合同价,备注\n2024-01-05,天猫,水,1,7,x\n"
    with Workspace.open(tmp_path) as space:
        original = space.receive("店铺1月.csv", text.encode())
        corrected = space.inspect(original, Hints(columns={"amount": "合同价"}))
        space.load(original, corrected)
        space.remember(corrected)
        later = (
            text.replace("2024-01", "2024-02").replace("产品", "商品名称").replace("备注", "附注")
        )
        made = bring(space, "店铺2月.csv", later)
        assert made.counts.sum_loaded == 7  # the contract's price, as was said once
        assert made.recipe.named_columns()["product"] == "商品名称"
        assert told(made)["column_renamed"] == {
            "field": "product",
            "before": "产品",
            "now": "商品名称",
        }
