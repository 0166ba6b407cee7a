"""The company's own regions: a table of regions says that 浙江 belongs to 浙皖大区.

A file that names only provinces has each line's province as its region, until such a table
counts; then the line stands in the company's region. A region that the file names itself stays.
"""

from __future__ import annotations

from chanplan.domain.ports import Writer
from chanplan.store import batches, matched
from chanplan.store.sales import SALES

# 浙江省 and 浙江, 广西壮族自治区 and 广西 are one province.
SUFFIX = "(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$"

# Each province's newest region, from region tables that count.
REGIONS = f"""
    select regexp_replace(province, '{SUFFIX}', '') as short, region as name
    from ({matched.by_every_name("regions", "province")})
    where province is not null
    qualify row_number() over (
        partition by short order by heard, valid_from desc nulls last, batch desc, line desc
    ) = 1
"""

# Batches whose lines take their region from the province's column.
_FED = """
    select batch from batch where table_name = 'sales'
    and json_extract(recipe, '$.columns.region') = json_extract(recipe, '$.columns.province')
"""


# Columns that placing reads and writes.
_TOUCHED = ("region", "province")


def place(writer: Writer, *fresh: int) -> None:
    """Put freshly loaded lines into the company's regions."""
    _place(writer, f"line.batch in ({batches.listed(fresh)})")


def place_all(writer: Writer) -> list[int]:
    """After a table of regions was loaded or switched: every line anew.

    Returns the months that hold lines which may have moved.
    """
    moving = writer.rows(f"select distinct month from sales_line where batch in ({_FED})")
    if moving:
        kept = SALES.widen(writer, _TOUCHED)
        writer.run(
            f"update {kept} set region = province where region <> province and batch in ({_FED})"
        )
    _place(writer, "1 = 1")
    return [month for (month,) in moving]


def _place(writer: Writer, which: str) -> None:
    if not batches.has_rows(writer, "regions") or not writer.rows(
        f"select 1 from ({REGIONS}) limit 1"
    ):
        return
    kept = SALES.widen(writer, _TOUCHED)
    writer.run(
        f"""
        update {kept} as line set region = known.name from ({REGIONS}) as known
        where {which} and line.batch in ({_FED})
            and regexp_replace(line.province, '{SUFFIX}', '') = known.short"""
    )
