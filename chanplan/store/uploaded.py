"""Published views of uploads that stand beside sales: what was collected, who sells to the end,
how large the market is. Only batches that count, under the masters of their names.
"""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store import territory

# A row without a channel, region or province of its own has its partner's.
_OF_PARTNER = """
    select member as partner,
        max(case when attribute = 'channel' then value end) as channel,
        max(case when attribute = 'region' then value end) as region,
        max(case when attribute = 'province' then value end) as province
    from attribute_current where dimension = 'partner' group by member
"""
# Money that came in, and what was due, of either only where it is told; money that came in without
# a day of its own is dated by the day it was due, and what was due without one by the day it came.
_COLLECTIONS = """
    create or replace view collection_lines as
    select told.batch, told.line, coalesce(told.date, told.due_date) as date,
        coalesce({channel}, known.channel) as channel, {partner} as partner,
        coalesce({region}, known.region) as region,
        coalesce({province}, known.province) as province,
        {customer} as customer, told.salesperson, told.amount,
        coalesce(told.due_date, told.date) as due_date, told.due_amount as due
    from (select *, null::varchar as region, null::varchar as province from collections) as told
    join batch_month as counted on counted.batch = told.batch and counted.active
    {joins}
    left join ({of_partner}) as known on known.partner = {partner}
    where coalesce(told.amount, told.due_amount) is not null
        and coalesce(told.date, told.due_date) is not null
"""
# Outlets as they were told, one row per outlet, product and check. Sales know an outlet as a
# customer or as a partner, so its masters are those of customers.
_OUTLETS = """
    create or replace view outlet_lines as
    select told.batch, told.line, coalesce(of_outlet.master, told.outlet) as outlet, told.name,
        coalesce({channel}, known.channel) as channel, {partner} as partner,
        coalesce({region}, placed.name, known.region) as region,
        coalesce({province}, known.province) as province, told.city,
        told.category_sales, {product} as product, told.carries, told.checked
    from outlets as told
    join batch_month as counted on counted.batch = told.batch and counted.active
    left join matched as of_outlet
        on of_outlet.dimension = 'customer' and of_outlet.name = told.outlet
    {joins}
    left join ({of_partner}) as known on known.partner = {partner}
    left join ({regions}) as placed
        on placed.short = regexp_replace({province}, '{suffix}', '')
"""
# The market, a cell and month once: of a month itself before a twelfth of its year, of several
# uploads the newest, of several origins in one the first by name.
_MARKET = """
    create or replace view market_lines as
    with told as (
        select told.batch, {channel} as channel, {region} as region, {province} as province,
            told.city, told.category, coalesce(told.origin, '') as origin, told.amount, told.period,
            json_extract_string(batch.recipe, '$.formats.period') = 'year' as yearly
        from market_size as told
        join batch using (batch)
        join batch_month as counted on counted.batch = told.batch and counted.active
        {joins}
        where told.amount is not null
    ),
    monthly as (
        select batch, channel, region, province, city, category, origin, calendar.month as month,
            coalesce(yearly, false) as yearly,
            sum(case when yearly then amount / 12 else amount end)::decimal(38, 4) as amount
        from told join calendar
            on calendar.month = year(period) * 100 + month(period)
            or (yearly and calendar.year = year(period))
        group by all
    )
    select * exclude (batch, origin, yearly) from monthly
    qualify row_number() over (
        partition by channel, region, province, city, category, month
        order by yearly, batch desc, origin
    ) = 1
"""


# What was done with customers and what they said; a respondent is a partner or a customer.
_VISITS = """
    create or replace view visit_lines as
    select told.batch, told.line, told.date, {partner} as partner, {customer} as customer,
        coalesce(of_outlet.master, told.outlet) as outlet, told.salesperson, told.purpose,
        told.result, told.minutes
    from visits as told
    join batch_month as counted on counted.batch = told.batch and counted.active
    left join matched as of_outlet
        on of_outlet.dimension = 'customer' and of_outlet.name = told.outlet
    {joins}
"""
_SURVEYS = """
    create or replace view survey_lines as
    select told.batch, told.line, told.date, told.question, told.score, told.answer,
        coalesce(of_partner.master, of_customer.master, told.respondent) as respondent
    from surveys as told
    join batch_month as counted on counted.batch = told.batch and counted.active
    left join matched as of_partner
        on of_partner.dimension = 'partner' and of_partner.name = told.respondent
    left join matched as of_customer
        on of_customer.dimension = 'customer' and of_customer.name = told.respondent
"""


def create(writer: Writer) -> None:
    """Make the views; the tables they read and `attribute_current` are there by now."""
    writer.run(_COLLECTIONS.format(**_masters("channel", "partner", "customer"), **_PLAIN))
    writer.run(_OUTLETS.format(**_masters("channel", "partner", "region", "province", "product")))
    writer.run(_VISITS.format(**_masters("partner", "customer")))
    writer.run(_SURVEYS)
    writer.run(_MARKET.format(**_masters("channel", "region", "province")))


_PLAIN = {"region": "told.region", "province": "told.province"}


def _masters(*dimensions: str) -> dict[str, str]:
    """What a template calls a dimension's master, and the joins that find it."""
    joins = "\n    ".join(
        f"left join matched as of_{name} on of_{name}.dimension = '{name}'"
        f" and of_{name}.name = told.{name}"
        for name in dimensions
    )
    masters = {name: f"coalesce(of_{name}.master, told.{name})" for name in dimensions}
    shared = {"of_partner": _OF_PARTNER, "regions": territory.REGIONS, "suffix": territory.SUFFIX}
    return {**masters, **shared, "joins": joins}
