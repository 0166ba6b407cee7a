"""Returns of orders: negative lines, dated at the refund, linked to the order they belong to.

Two things tell of them: a refund column in the order's own row, and a table of returns that
names orders by their number. What a return among the sales lines, or an order's own row, gives
back is not returned a second time; another product of the order may be.
"""

from __future__ import annotations

from collections.abc import Callable

from chanplan.domain.ports import Writer
from chanplan.store.spreading import spread

# Order numbers shorter than this say nothing across two sources: 1, 2, 3 … are in many.
LONG_NUMBER = 8
# Refunds asked for and not given.
NOT_GIVEN = "关闭|取消|拒绝|驳回|撤销|失败|closed|cancel|reject|declined"
# Money back and no goods.
_ONLY_MONEY = "仅退款|refund only|only refund|no return"
# A return counts in the month of its refund, else of its order; where that is closed and whoever
# brought the later of the two posts late lines, in the month these are posted to.
_OWN_MONTH = "coalesce(posted_from, month)"
_MONTH = "coalesce(told.month_to, case when claim_date is null then month else own_month end)"
_POSTED = """case when told.month_to is not null then own_month
                when claim_date is null then posted_from end"""
_COUNTING = "batch in (select batch from batch_month where active)"

# A refund in its order's row, beside the lines that the row has become.
_OWN = """
    select 'r' || refund.batch || ':' || refund.line as whole, refund.batch as claim_batch,
        refund.line as claim_line, refund.date as claim_date, refund.amount as claimed,
        null::decimal(18, 4) as claimed_quantity, refund.kind as claim_kind, line.*
    from order_lines as line join refund
        on refund.batch = line.of_batch and refund.line = line.of_line
    where line.line_type = 'sale'
"""

# The same of an order whose source another one outranks.
_OUTRANKED = """
    select 'r' || refund.batch || ':' || refund.line as whole, refund.batch as claim_batch,
        refund.line as claim_line, refund.date as claim_date, refund.amount as claimed,
        null::decimal(18, 4) as claimed_quantity, refund.kind as claim_kind, line.*,
        line.batch as of_batch, line.line as of_line
    from standing_lines as line join refund using (batch, line)
    semi join outranked
        on outranked.source = line.source and outranked.basis = line.basis
        and outranked.channel = line.channel
        and outranked.month = coalesce(line.posted_from, line.month)
    where line.line_type = 'sale'
"""

# The rows of returns tables, beside the lines of the order they name: of their own source and
# basis where it has such an order.
_LISTED = f"""
    with claims as (
        select claim.*, batch.source as claim_source, batch.basis as claim_basis
        from "returns" as claim join batch using (batch)
        where claim.{_COUNTING} and coalesce(returned, true)
            and not regexp_matches(lower(coalesce(status, '')), '{NOT_GIVEN}')
        qualify row_number() over (
            partition by "order", product, refund_number, date, amount, quantity
            order by claim.batch desc, claim.line
        ) = 1
    ),
    told as (
        select distinct source, coalesce(original_order, order_number) as order_number, product
        from counted_lines where line_type = 'return'
        union
        select distinct line.source, line.order_number, line.product from order_lines as line
        semi join refund on refund.batch = line.of_batch and refund.line = line.of_line
    ),
    known as (select * from order_lines where line_type = 'sale' and order_number is not null)
    select 's' || claim.batch || ':' || claim.line as whole, claim.batch as claim_batch,
        claim.line as claim_line, claim.date as claim_date, claim.amount as claimed,
        claim.quantity as claimed_quantity, claim.refund_type as claim_kind, line.*
    from claims as claim join known as line on line.order_number = claim."order"
        and (line.source = claim.claim_source or length(claim."order") >= {LONG_NUMBER})
    anti join told on told.source = line.source and told.order_number = line.order_number
        and (claim.product is null or told.product is null or told.product = line.product)
    where claim.product is null or claim.product = line.product
        or claim.product in (
            select name from member_name where dimension = 'product' and member = line.product
            union all
            select other from also_named where dimension = 'product' and name = line.product
        )
    qualify dense_rank() over (
        partition by claim.batch, claim.line order by line.source <> claim.claim_source,
            line.basis <> claim.claim_basis, line.source, line.basis
    ) = 1
"""


def insert(writer: Writer, month_of: Callable[[str], str]) -> None:
    """Work the return lines out and add them to `joined_line`; its items must stand by now."""
    told = [("refund", _OWN), ('"returns"', _LISTED)]
    for table, claims in told:
        if writer.rows(f"select 1 from {table} where {_COUNTING} limit 1"):
            writer.run(f"insert into joined_line by name {_lines(claims, month_of)}")
    writer.run("delete from outranked_return")
    if writer.rows("select 1 from outranked limit 1"):
        told_aside = _lines(_OUTRANKED, month_of)
        writer.run(f"insert into outranked_return by name {told_aside}")


def _lines(claims: str, month_of: Callable[[str], str]) -> str:
    """The return lines of claims: money as claimed, goods where they came back."""
    own = f"case when claim_date is null then {_OWN_MONTH} else {month_of('claim_date')} end"
    bare = (
        "case when amount_with_tax is null or amount_with_tax = 0 then part else"
        f" {_portion('amount_without_tax', 'part', 'amount_with_tax')} end"
    )
    return f"""
        with claims as ({claims}),
        weighed as (
            select *, coalesce(amount_with_tax, amount_without_tax) as paid,
                sum(paid) over (partition by whole) as paid_in_all,
                sum(quantity) over (partition by whole) as sold_in_all,
                (case when regexp_matches(lower(coalesce(claim_kind, '')), '{_ONLY_MONEY}') then 0
                    when claimed_quantity is not null and sold_in_all > 0
                        then least(abs(claimed_quantity) / sold_in_all, 1)
                    when claimed is null or abs(claimed) >= paid_in_all then 1
                    else 0 end)::decimal(18, 8) as goods,
                case when claimed is not null then abs(claimed)
                    when goods in (0, 1) then paid_in_all::decimal(18, 4)
                    else round_even(paid_in_all::decimal(28, 4) * goods, 2)::decimal(18, 4)
                    end as total,
                greatest(case when paid_in_all > 0 then paid else 1 end, 0) as weight,
                (batch::hugeint * 10000000000 + line) as tie
            from claims where coalesce(amount_with_tax, amount_without_tax) is not null
        ),
        shared as ({spread("select * from weighed where paid_in_all > 0 or total > 0")}),
        parted as (
            select *, case when total = paid_in_all then paid else share end as part,
                {bare} as bare, {own} as own_month
            from shared
        )
        select claim_batch as batch, claim_line as line, coalesce(claim_date, date) as date,
            {_MONTH} as month, {_POSTED} as posted_from,
            case when claim_date is null then grain else 'day' end as grain,
            source, basis, 'return' as line_type, channel, partner, region, province, city,
            product, category, customer, salesperson, null as order_number,
            order_number as original_order,
            {_back("quantity")} as quantity, unit, {_back("base_quantity")} as base_quantity,
            base_unit,
            case when amount_with_tax is not null then -part end as amount_with_tax,
            case when amount_without_tax is not null then -bare end as amount_without_tax,
            {_back_or_none("list_with_tax")} as list_with_tax,
            {_back_or_none("list_without_tax")} as list_without_tax,
            {_back_or_none("list_with_tax")} + part as discount_with_tax,
            {_back_or_none("list_without_tax")} + bare as discount_without_tax,
            {_back_or_none("cost_with_tax")} as cost_with_tax,
            {_back_or_none("cost_without_tax")} as cost_without_tax,
            currency, case when claim_date is null then 'order' else 'refund' end as dated,
            'return' as made, of_batch, of_line
        from parted left join posted as told
            on told.batch = greatest(claim_batch, of_batch) and told.month_from = own_month"""


def _back(column: str) -> str:
    """The goods that came back; none where only money did."""
    part = f"round_even(cast({column} as decimal(22, 4)) * goods, 4)"
    return f"case when goods > 0 then (-{part})::decimal(18, 4) end"


def _back_or_none(column: str) -> str:
    """The same of money that goes with the goods: 0 where they stayed with the customer."""
    part = f"round_even(cast({column} as decimal(22, 4)) * goods, 4)"
    return f"(-{part})::decimal(18, 4)"


def _portion(value: str, of: str, by: str) -> str:
    """value × of ÷ by, rounded half-up at four places, in whole numbers: engines divide in
    doubles."""
    top, low = f"({value} * 10000)::hugeint * ({of} * 10000)::hugeint", f"({by} * 10000)::hugeint"
    whole = f"(2 * abs({top}) + abs({low})) // (2 * abs({low}))"
    return f"((sign({of})::integer * ({whole}))::decimal(30, 0) * 0.0001)::decimal(18, 4)"
