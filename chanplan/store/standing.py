"""Tables that are said whole: the newest one that counts is the table, and no row of another.

So a row that is left out of a newer table is gone, and taking the newer one back brings it back.
Sheets that came in one file are one table.
"""

from __future__ import annotations


def rows(table: str) -> str:
    """SQL of the rows of the newest table of this kind that counts."""
    return f"""
        select row.* from "{table}" as row join batch using (batch)
        join (
            select sha256, imported_at from batch join batch_month using (batch)
            where active and table_name = '{table}' order by batch.batch desc limit 1
        ) as newest using (sha256, imported_at)
        join batch_month as counted on counted.batch = row.batch and counted.active"""
