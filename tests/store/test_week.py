"""ISO weeks of lines at the ends of years, from the engine, against the calendar's own."""

from datetime import date, timedelta
from decimal import Decimal as D

from chanplan.domain import weeks
from chanplan.domain.period import Period
from chanplan.domain.scope import Scope
from tests.books import ask, lay, open_store, rows


def test_weeks_run_over_the_end_of_a_year_and_what_is_told_by_months_has_none(tmp_path):
    store = open_store(tmp_path)
    days = ["2020-12-27", "2020-12-28", "2020-12-31", "2021-01-01", "2021-01-03", "2021-01-04"]
    lines = [{"day": day, "amount_with_tax": 10**at} for at, day in enumerate(days)]
    lay(store, [*lines, {"day": "2021-01-31", "grain": "month", "amount_with_tax": 7}])
    found = ask(store, "net_sales", scope=Scope(Period(202012, 202101)), by=("week",))
    # 28 December 2020 to 3 January 2021 are week 53 of 2020.
    assert dict(rows(found)) == {
        "2020-W52": D(1), "2020-W53": D(11110), "2021-W01": D(100000), None: D(7),
    }  # fmt: skip
    within = Scope(Period(202101, 202101))
    assert dict(rows(ask(store, "net_sales", scope=within, by=("week",))))["2020-W53"] == D(11000)
    kept = ask(store, "net_sales", scope=within.only("week", "2021-W01"))
    assert rows(kept) == [(D(100000),)]
    store.close()


def test_every_day_of_thirty_years_is_in_the_week_of_the_calendar(tmp_path):
    store = open_store(tmp_path)
    first = date(2000, 1, 1)
    days = [first + timedelta(days=at) for at in range(366 * 30)]
    lay(store, [{"day": day.isoformat(), "amount_with_tax": 1} for day in days])
    found = store.fetch("select date, week from line_facts order by date")
    assert list(found["week"]) == [weeks.iso_week(day) for day in days]
    store.close()
