-- Which tables that stand beside sales have rows that count.
--
-- parameters
-- inputs
--   collection_lines
--   outlet_lines
--   market_lines
--   cost_lines
-- columns
--   collections       rows of money that came in
--   dues              rows of what was due
--   outlets
--   market
--   costs
select (select count(amount) from collection_lines) as collections,
    (select count(due) from collection_lines) as dues,
    (select count(*) from outlet_lines) as outlets,
    (select count(*) from market_lines) as market,
    (select count(*) from cost_lines) as costs
