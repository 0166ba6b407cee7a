-- The size of the market by month, cell by cell as it was told; a year's stands in twelve parts.
--
-- Whose rows leave a column open tell of all its members: cells of different columns are never
-- added. Filters are for whoever chooses among them.
--
-- parameters
-- inputs
--   market_lines      uploaded market sizes that count, a cell and month once
--   calendar
-- columns
--   month
--   quarter
--   year
--   fiscal_year
--   channel           null where the row tells of all of them
--   region
--   province
--   city
--   category
--   amount
select calendar.month as month, calendar.quarter as quarter, calendar.year as year,
    calendar.fiscal_year as fiscal_year, market_lines.channel as channel,
    market_lines.region as region, market_lines.province as province,
    market_lines.city as city, market_lines.category as category, market_lines.amount as amount
from market_lines join calendar on calendar.month = market_lines.month
where calendar.month between :first and :last
order by calendar.month, channel, region, province, city, category
