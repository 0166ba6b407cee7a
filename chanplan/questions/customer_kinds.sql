-- What the customer table calls its customers, each word once.
--
-- parameters
-- inputs
--   attribute_current
-- columns
--   kind              as the person wrote it
--   customers
select value as kind, count(*) as customers
from attribute_current
where dimension = 'customer' and attribute = 'kind'
group by value
order by customers desc, kind
