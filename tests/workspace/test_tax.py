"""A source with tax and one without: told apart, kept per source, added on one side only."""

from decimal import Decimal as D

import pytest

from chanplan.domain.errors import QuestionOpenError
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.workspace.test_returns import bring

# 113 with 13 % and 109 with 9 % are 200 without; 300 without 13 % are 339 with.
WITH = "日期,渠道,产品,含税金额,税率\n2024-01-05,天猫,水,113,13%\n2024-01-06,天猫,书,109,9%\n"
WITHOUT = "日期,渠道,产品,不含税金额,税率\n2024-01-05,京东,水,300,13%\n"
PERIOD = Period(202401, 202412)


def net(space: Workspace, tax: str) -> D:
    found = space.ask(MetricQuery(("net_sales",), Scope(PERIOD, tax=tax))).frame
    return found["net_sales"].iloc[0]


def test_a_source_with_tax_and_one_without_add_up_on_either_side(tmp_path):
    with Workspace.open(tmp_path) as space:
        with_tax, without = bring(space, "店铺.csv", WITH), bring(space, "ERP.csv", WITHOUT)
        assert (with_tax.recipe.tax, without.recipe.tax) == ("with_tax", "without_tax")
        assert net(space, "with_tax") == D(113) + D(109) + D(339)
        assert net(space, "without_tax") == D(100) + D(100) + D(300)


def test_amounts_that_do_not_say_are_asked_before_they_are_added_to_bare_ones(tmp_path):
    text = "日期,渠道,产品,金额\n2024-01-05,抖音,水,226\n"
    with Workspace.open(tmp_path) as space:
        bring(space, "ERP.csv", WITHOUT)
        original = space.receive("直播1月.csv", text.encode())
        found = space.inspect(original)
        (question,) = found.questions
        assert (question.kind, question.options) == ("tax", ("with_tax", "without_tax"))
        with pytest.raises(QuestionOpenError, match="question_tax"):
            space.load(original, found)
        bring(space, "直播1月.csv", text, tax="with_tax", tax_rate="0.13")
        assert net(space, "without_tax") == D(300) + D(200)
        # Kept for the source: next month's file says no more, and is asked nothing.
        later = bring(space, "直播2月.csv", text.replace("2024-01", "2024-02"))
        assert (later.recipe.tax, later.recipe.tax_rate) == ("with_tax", "0.13")
        assert net(space, "without_tax") == D(300) + D(200) + D(200)
