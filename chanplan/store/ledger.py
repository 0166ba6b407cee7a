"""What finance has booked, by source, basis and month: the newest word on each."""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store.targets import basis_said, tax_said

# A row that names no basis is of the one its source sells on; one that names no source is of all
# that counts. Of the same place told again the newest row counts, and with it its reason.
_CONTROL_LINES = f"""
    create or replace view control_lines as
    with sold as (
        select source, arg_max(basis, batch) as basis from batch
        where table_name = 'sales' group by source
    ),
    counting as (
        select told.*, batch.basis as of_basis, batch.tax as of_tax, batch.name as file,
            sold.basis as of_source
        from control_totals as told join batch using (batch)
        join batch_month as counted on counted.batch = told.batch and counted.active
        left join sold on sold.source = told.source
        where told.amount is not null and told.month is not null
    ),
    read as (
        select batch, line, file, coalesce(source, '') as source,
            coalesce({basis_said()}, of_source, of_basis) as basis,
            year(month) * 100 + month(month) as month, channel as told_channel,
            {tax_said()} as tax, amount, quantity, reason
        from counting
    )
    select read.* exclude (told_channel), coalesce(known.master, told_channel) as channel
    from read left join matched as known
        on known.dimension = 'channel' and known.name = told_channel
    qualify row_number() over (
        partition by source, basis, month, coalesce(known.master, told_channel),
            coalesce(tax, '')
        order by batch desc, line desc
    ) = 1
"""


def create(writer: Writer) -> None:
    """Make the published view; tables and matches are there by now."""
    writer.run(_CONTROL_LINES)
