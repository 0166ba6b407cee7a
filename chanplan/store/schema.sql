-- The store's own tables. Tables declared in domain/tables.toml (other than sales) are added
-- by schema.py. No indexes: rows are appended, and scans are cheaper than upkeep.

-- Which schema this file has, and the last journal entry it has taken in.
create table if not exists position (schema_version integer, seq bigint, cut_off_day integer);

create table if not exists batch (
    batch integer,                 -- the number of its journal entry
    sha256 varchar, name varchar, sheet varchar,
    table_name varchar, source varchar, basis varchar, grain varchar, tax varchar,
    imported_at varchar, imported_by varchar, covered_to date,
    rows_file bigint, rows_loaded bigint, rows_set_aside bigint, rows_skipped bigint,
    sum_file decimal(38, 4), sum_loaded decimal(38, 4), sum_set_aside decimal(38, 4),
    rounded bigint, rounding decimal(38, 10),
    sum_stated decimal(38, 4),     -- the file's own total, null: it has none
    stated_off decimal(38, 4),     -- how much more that is than its rows
    recipe varchar,                -- as in the journal
    takes varchar,                 -- whose place it takes: see domain/restated.py
    note varchar                   -- why somebody brought it, in their words
);

-- What counts: a batch is never deleted, its months are switched off and on.
-- Tables without months have one row with month 0.
create table if not exists batch_month (
    batch integer, month integer, active boolean, lines bigint, amount decimal(38, 4),
    posted bigint                  -- those of its lines that are of closed months: see posting.py
);

create table if not exists set_aside (
    batch integer, line bigint, reason varchar, field varchar, raw varchar
);

-- Labels of members whose key is a code: ('product', '743', '山地自行车').
create table if not exists member_name (
    dimension varchar, member varchar, name varchar, batch integer
);

-- What is known of a member from a month on: ('channel', '天猫', 'kind', 'online', 0).
create table if not exists attribute (
    dimension varchar, member varchar, attribute varchar, value varchar,
    from_month integer, batch integer
);

create table if not exists remembered (shape varchar, recipe varchar, seq bigint);

-- What an authoritative source pushes aside: see authority.py.
create table if not exists outranked (
    source varchar, basis varchar, channel varchar, month integer
);

-- Refunds that stand in the row of their order, positive: `told` as the file has it, `amount`
-- with tax where the line's own amount is.
create table if not exists refund (
    batch integer, line bigint, date date, amount decimal(18, 4), told decimal(18, 4), kind varchar
);

-- Months whose figures stand until someone opens them again: see closing.py.
create table if not exists closed_month (month integer, seq bigint);

-- Where late lines of closed months count: those of a batch that would count in `month_from` do
-- so in `month_to`: see posting.py.
create table if not exists posted (batch integer, month_from integer, month_to integer);

-- What every figure of a month was when somebody closed it: see snapshots.py. `journalled` is the
-- checksum that the journal has, `undone_seq` the entry that opened the month again.
create table if not exists snap (
    id integer, month integer, kind varchar, seq bigint, said_at varchar, said_by varchar,
    reason varchar, checksum varchar, journalled varchar, attributes integer,
    attributes_sum varchar, undone_seq bigint
);

-- What people have said of versions of a year's targets: see targets.py. `seq` is the number of
-- the journal entry, so that what was told of a locked version later does not count.
create table if not exists target_chosen (year integer, version varchar, seq bigint);
create table if not exists target_locked (year integer, version varchar, seq bigint);

-- What was unlike before in a batch when it came, as domain/drift.py tells it; values as JSON.
create table if not exists batch_drift (batch integer, code varchar, told varchar);

-- Steps of a month's end that somebody has ticked off: see ticks.py.
create table if not exists month_tick (
    month integer, step varchar, note varchar, seq bigint, said_at varchar, said_by varchar
);

-- What the company has said of its own counting, the newest word of each key: see company.py.
create table if not exists company_word (
    key varchar, value varchar, reason varchar, seq bigint, said_at varchar, said_by varchar
);

-- Names for what a page showed, as the query of its address: see views.py.
create table if not exists saved_view (
    name varchar, query varchar, saved_at varchar, saved_by varchar
);

-- Alerts that are silent up to a day: see muting.py.
create table if not exists muted_alert (
    key varchar, until date, muted_at varchar, muted_by varchar
);

-- Words on care items that were said on screens, what stands of every item, and what became of
-- the rows of uploaded care records: see care.py and domain/care.py.
create table if not exists care_word (
    key varchar, population varchar, customer varchar, opened date, owner varchar, due date,
    state varchar, action varchar, result varchar, contacted date, seq bigint, said_at varchar,
    said_by varchar,
    base bigint                    -- the newest journal entry that its author knew of
);
create table if not exists care_item (
    key varchar, population varchar, customer varchar, opened date, owner varchar, due date,
    state varchar, action varchar, result varchar, contacted date, seq bigint, said_at varchar,
    said_by varchar
);
create table if not exists care_fate (
    batch integer, line bigint, key varchar, fate varchar, over_seq bigint
);

-- The company's own lines of the playbook: see domain/playbook.py.
create table if not exists care_play (
    segment varchar, action varchar, days integer, seq bigint, said_at varchar, said_by varchar
);

-- Lines that a later file of their source has taken the place of: see restating.py.
create table if not exists replaced (
    batch integer, month integer, channel varchar, partner varchar
);

-- Names that mean one member, and pairs that a person has told apart: see matched.py.
create table if not exists matched (
    dimension varchar, name varchar, said varchar, master varchar, seq bigint
);
create table if not exists told_apart (
    dimension varchar, one varchar, other varchar, seq bigint
);

-- Every matched name beside each other name of its member.
create or replace view also_named as
with goes_by as (
    select dimension, name, master from matched
    union
    select dimension, master, master from matched
)
select one.dimension, one.name, another.name as other, one.master
from goes_by as one join goes_by as another using (dimension, master)
where one.name <> another.name;

create or replace view standing_lines as
select line.*
from sales_line as line
join batch_month as counted
    on counted.batch = line.batch and counted.month = line.month
anti join replaced
    on replaced.batch = line.batch and replaced.month = coalesce(line.posted_from, line.month)
    and replaced.channel is not distinct from line.channel
    and replaced.partner is not distinct from line.partner
where counted.active;

create or replace view counted_lines as
select line.*
from standing_lines as line
anti join outranked
    on outranked.source = line.source and outranked.basis = line.basis
    and outranked.channel = line.channel
    and outranked.month = coalesce(line.posted_from, line.month);

-- Lines worked out from others (joining.py): returns of orders, and the items of orders.
-- made      'return' or 'item'
-- dated     of a return: 'refund', or 'order' where nobody says when it was
-- of_batch, of_line  the line it was worked out from
create table if not exists joined_line as
select *, null::varchar as dated, null::varchar as made, null::integer as of_batch,
    null::bigint as of_line
from sales_line limit 0;

-- Returns in the rows of orders whose source another one outranks, worked out in the same way:
-- what such a source tells is held against the one that counts, and counts nowhere.
create table if not exists outranked_return as select * from joined_line limit 0;

-- Batches of sales that tell the same orders, as a whole and item by item: see itemised.py.
create table if not exists twin (whole integer, items integer);

-- Lines of an order whose items stand in `joined_line` instead.
create table if not exists pushed_aside (batch integer, line bigint);

create or replace view order_lines as
select counted.*, counted.batch as of_batch, counted.line as of_line
from counted_lines as counted anti join pushed_aside using (batch, line)
union all by name
select * exclude (dated, made) from joined_line where made = 'item';

-- What counts, under the names of its files; `lines` has it under masters (matched.py).
create or replace view told_lines as
select counted.*, null::varchar as dated
from counted_lines as counted anti join pushed_aside using (batch, line)
union all by name
select * exclude (made, of_batch, of_line) from joined_line;

-- What an outranked source tells, under the names of its files; `outranked_lines` has it under
-- masters (matched.py).
create or replace view outranked_told as
select line.*, null::varchar as dated
from standing_lines as line
semi join outranked
    on outranked.source = line.source and outranked.basis = line.basis
    and outranked.channel = line.channel
    and outranked.month = coalesce(line.posted_from, line.month)
union all by name
select * exclude (made, of_batch, of_line) from outranked_return;
