-- Which populations the customers of the scope form, and how many each has.
--
-- A customer is what the customer table calls it, else a consumer where at least half of its money
-- is spent online, else of no known population: a shop as well as a person buys offline. Partners
-- are the members of the
-- partner column, less those that most of all sell to consumers: these are shops, and no
-- customers. All lines count, whenever they are.
--
-- parameters
--   outlets: texts    kinds of the customer table that mean outlets
--   consumers: texts  the same for consumers
--   partners: texts   the same for partners
-- inputs
--   line_facts
--   attribute_current
--   calendar
-- columns
--   population        partner, outlet, consumer or customer
--   customers         with a sale above zero
--   told              of those, how many the customer table tells of
--   net
with span as (
    {months}
),
{include begun},
{include called},
named as (
    select f.partner as partner, f.customer as customer, called.population as called,
        {include money_of_line}
    {include lines_told}
),
sold as (
    select partner, customer, max(called) as called, sum(net) as net, sum(online) as online,
        max(bought) as bought
    from named
    group by partner, customer
),
every as (
    select partner as member, 'partner' as called, net, online, bought from sold
    where partner is not null
    union all
    select customer as member, called, net, online, bought from sold
    where customer is not null and (partner is null or coalesce(called, '') <> 'partner')
),
each_one as (
    select member, case when called = 'partner' then 1 else 0 end as is_partner,
        max(called) as called, sum(net) as net, max(bought) as bought,
        sum(online) as online
    from every
    group by member, case when called = 'partner' then 1 else 0 end
),
judged as (
    select net, case when called is null then 0 else 1 end as told,
        case when called is not null then called
            when 2 * online >= net then 'consumer'
            else 'customer' end as population
    from each_one
    where bought = 1 and (is_partner = 0 or 2 * coalesce(online, 0) <= net)
)
select population, count(*) as customers, sum(told) as told, sum(net) as net
from judged
group by population
order by net desc, population
