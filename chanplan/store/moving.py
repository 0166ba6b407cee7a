"""Partners that the company has moved to another channel or 大区: where their lines count.

A file names the channel and region of each line, and so it stands, until the company's own table
of partners says that one moved amid its sales: from then on its lines count where the table says,
under 现行口径 all of them where it belongs now, under 当时口径 each where it belonged in its month,
and before the first dated word as the file says. Summaries keep the files' own words, so a move
touches no row of them; what reads them reads the views below instead where somebody has moved.
"""

from __future__ import annotations

from chanplan.domain.moving import MOVING, moved
from chanplan.domain.ports import Writer
from chanplan.store.attributes import END

# What can move a line: the columns that are of its partner, if the company says so.
_MONTH_OF = {
    "lines": "fact.month",
    "own_lines": "fact.month",
    "line_facts": "fact.month",
    "rollup_partner": "fact.month",
    "order_alone": "fact.month",
    "order_straddle": "fact.month",
    "cost_lines": "fact.month",
    "collection_lines": "year(fact.date) * 100 + month(fact.date)",
    "outlet_lines": "year(fact.checked) * 100 + month(fact.checked)",
}
_VIEWS = ("current", "then")
_IN_MONTH = "who.month between moving.from_month and moving.to_month"
# The words on the channel and region of partners that have moved. A word moves its partner where
# that had sales before, and an earlier word, or else all of those sales, named another place.
_WORDS = """
    with told as (
        select member as partner, attribute, coalesce(master, value) as value, from_month, to_month
        from attribute_then as word left join matched as known
            on known.dimension = word.attribute and known.name = word.value
        where word.dimension = 'partner' and attribute in ('channel', 'region')
    ),
    dated as (
        select told.*,
            lag(value) over (partition by partner, attribute order by from_month) as before
        from told
    ),
    sold as (
        select distinct partner, month, unnest(['channel', 'region']) as attribute,
            coalesce(unnest([channel, region]), '') as own
        from rollup_partner
        where partner in (select partner from dated where from_month > 0)
    ),
    weighed as (
        select dated.partner, dated.attribute, value, from_month, to_month, before,
            count(own) as sales, max(own) as place,
            -- a file that says nothing of it does not say another place
            greatest(count(distinct nullif(own, '')), 1) as places
        from dated left join sold on sold.partner = dated.partner
            and sold.attribute = dated.attribute and sold.month < dated.from_month
        group by all
    )
    select partner, attribute, value, from_month, to_month from weighed where from_month > 0
    qualify bool_or(sales > 0 and case when before is not null then before <> value
        else places = 1 and place <> value end) over (partition by partner, attribute)
"""


# Whether anybody has moved, today or when a month was closed.
_EVER = "select 1 from moved_current union all select 1 from snap_moved limit 1"


def create(writer: Writer) -> None:
    """Make the two tables of what moved; and, where somebody has, a view of each relation under
    either of them: few companies' stores have any, and each would cost at the making."""
    for view in _VIEWS:
        writer.run(
            f"create table if not exists moved_{view} (partner varchar, month integer,"
            " channel varchar, region varchar)"
        )
    if writer.rows(_EVER):
        _create_views(writer)


def _create_views(writer: Writer) -> None:
    for view in _VIEWS:
        for name, month in _MONTH_OF.items():
            writer.run(
                f"create or replace view {moved(name, view)} as"
                f" select fact.* replace ({_told(name)})"
                f" from {name} as fact left join moved_{view} as told"
                f" on told.partner = fact.partner and told.month = {month}"
            )
        writer.run(f"create or replace view {moved('customer_months', view)} as {_masks(view)}")


def _told(relation: str) -> str:
    columns = MOVING if relation != "cost_lines" else ("channel",)  # costs have no region
    return ", ".join(f"coalesce(told.{name}, fact.{name}) as {name}" for name in columns)


def _masks(view: str) -> str:
    """A mask of months falls apart into those that count here and those that count there."""
    return f"""
        with told as (
            select partner, channel, region, era, bit_or(bit) as bits
            from moved_{view} join calendar using (month) group by all
        )
        select fact.* replace ({_told("customer_months")},
            coalesce(fact.mask & told.bits, fact.mask) as mask)
        from customer_months as fact
        left join told on told.partner = fact.partner and told.era = fact.era
        where told.partner is null or (fact.mask & told.bits) <> 0"""


def rebuild(writer: Writer) -> None:
    """Read anew who has moved; the attributes and the summaries are as they should be by now."""
    for view in _VIEWS:
        writer.run(f"delete from moved_{view}")
    dated = (
        "select 1 from attribute_then where dimension = 'partner'"
        " and attribute in ('channel', 'region') and from_month > 0 limit 1"
    )
    if not writer.rows(dated):
        return
    writer.run(f"create or replace temp table moving as {_WORDS}")
    told = ", ".join(f"max(value) filter (attribute = '{name}') as {name}" for name in MOVING)
    for view, when in (("current", f"to_month = {END}"), ("then", _IN_MONTH)):
        writer.run(
            f"""insert into moved_{view}
            select who.partner, who.month, {told}
            from (select distinct partner, month from moving cross join calendar) as who
            left join moving on moving.partner = who.partner and {when}
            group by who.partner, who.month"""
        )
    writer.run("drop table moving")
    seen = f"select 1 from duckdb_views() where view_name = '{moved('customer_months', 'then')}'"
    if writer.rows(_EVER) and not writer.rows(seen):
        _create_views(writer)
