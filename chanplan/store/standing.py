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


# The source of files that people made by saying a table in the app.
HAND = "手工录入"


def added(name: str) -> str:
    """SQL of the rows of a table to which files add: all that count, from the newest one on that
    was said in the app, which is the whole table as it was then."""
    return f"""
        select told.* from "{name}" as told
        join batch_month as counted on counted.batch = told.batch and counted.active
        where told.batch >= (
            select coalesce(max(batch.batch), 0) from batch
            join batch_month as said on said.batch = batch.batch and said.active
            where batch.table_name = '{name}' and batch.source = '{HAND}'
        )"""
