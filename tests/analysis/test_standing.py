"""Who leads, who gained and lost share, who moved the total: worked by hand."""

from decimal import Decimal

import pandas as pd

from chanplan.analysis import standing
from chanplan.analysis.story import Finding

D = Decimal
Sides = tuple[str, str | None]


def told(**sides: Sides) -> dict[str, Finding]:
    return said(list(sides.items()))


def said(sides: list[tuple[str | None, Sides]]) -> dict[str, Finding]:
    """The findings by their code, in order."""
    frame = pd.DataFrame(
        {
            "channel": pd.Series([name for name, _ in sides], dtype=object),
            "net_sales": pd.Series([D(now) for _, (now, _) in sides], dtype=object),
            "net_sales__base": pd.Series([b and D(b) for _, (_, b) in sides], dtype=object),
        }
    )
    return {found.code: found for found in standing.standing(frame, "channel")}


def test_the_leader_and_who_moved() -> None:
    """250 against 200: 天猫 100 → 110 (50 % → 44 %), 京东 60 → 50 (30 % → 20 %),
    抖音 40 → 90 (20 % → 36 %)."""
    found = told(天猫=("110", "100"), 京东=("50", "60"), 抖音=("90", "40"))
    assert list(found) == ["leads_and_moved", "added_most", "lost_most", "breadth"]
    lead = found["leads_and_moved"].values
    assert (lead["member"], lead["share"]) == ("天猫", D("0.44"))
    assert (lead["gainer"], lead["gain"]) == ("抖音", D("0.16"))
    assert (lead["loser"], lead["loss"]) == ("京东", D("-0.1"))
    rose = found["added_most"].values
    assert (rose["member"], rose["change"], rose["contribution"]) == ("抖音", D(50), D("0.25"))
    counts = found["breadth"].values
    assert (counts["count"], counts["rose"], counts["fell"]) == (3, 2, 1)


def test_a_leader_that_gained_and_took_the_lead() -> None:
    """a 40 → 120 of 100 → 200 (40 % → 60 %), b 60 → 80 (60 % → 40 %): nobody fell."""
    found = told(a=("120", "40"), b=("80", "60"))
    assert list(found) == ["leads_and_gained", "took_lead", "added_most"]
    assert found["leads_and_gained"].values["loser"] == "b"
    assert found["took_lead"].values["before"] == "b"


def test_a_leader_that_lost_most_share_while_the_total_fell() -> None:
    found = told(a=("50", "90"), b=("40", "30"))
    assert list(found) == ["leads_and_lost", "lost_most", "added_most"]
    assert found["leads_and_lost"].values["gainer"] == "b"


def test_growth_in_step_moves_no_share() -> None:
    found = told(a=("60", "30"), b=("40", "20"))
    assert list(found) == ["leads_unmoved", "added_most"]


def test_without_a_base_there_is_a_leader_and_nothing_else() -> None:
    found = told(a=("30", None), b=("10", None))
    assert list(found) == ["leads"]
    assert found["leads"].values["share"] == D("0.75")


def test_sales_without_a_member_lead_nothing_but_are_told() -> None:
    found = said([(None, ("60", None)), ("a", ("30", None)), ("b", ("10", None))])
    assert list(found) == ["leads", "unnamed"]
    assert found["leads"].values["member"] == "a"
    assert found["unnamed"].values["share"] == D("0.6")


def test_what_lost_most_may_be_without_a_name() -> None:
    """a 30 → 40, b 10 → 12, not stated 60 → 0: both named ones gained share."""
    found = said([(None, ("0", "60")), ("a", ("40", "30")), ("b", ("12", "10"))])
    assert found["leads_and_gained"].values["loser"] is None
    assert "unnamed" not in found


def test_the_only_member_and_nobody_at_all() -> None:
    assert list(told(a=("30", "20"))) == ["stands_alone"]
    assert list(told()) == ["no_sales"]


def test_more_returns_than_sales_have_no_shares() -> None:
    found = told(a=("10", "30"), b=("-40", "10"))
    assert list(found) == ["negative_total", "lost_most"]
    assert found["negative_total"].values["value"] == D(-30)
    assert found["lost_most"].values["member"] == "b"


def test_a_change_that_rounds_to_nothing_is_no_driver() -> None:
    """b lost 1 of 20,000: 0.005 % of the base."""
    found = told(a=("12000", "10000"), b=("9999", "10000"))
    assert "added_most" in found and "lost_most" not in found


def test_like_for_like_leaves_out_who_came_and_who_went() -> None:
    """Both periods: 天猫 110 of 100 and 京东 60 of 60: 170 / 160; 抖音 is new, 门店 is gone."""
    found = told(天猫=("110", "100"), 京东=("60", "60"), 抖音=("90", "0"), 门店=("0", "40"))
    values = found["like_for_like"].values
    assert (values["count"], values["growth"]) == (2, D("0.0625"))


def test_like_for_like_is_silent_where_it_would_say_the_same() -> None:
    assert "like_for_like" not in told(天猫=("110", "100"), 京东=("60", "60"))
