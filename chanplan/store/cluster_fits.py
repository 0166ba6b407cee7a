"""The last kept fit of customers that buy alike, per population: in which units it measured, the
middle of each group, and the names people gave. Nothing in it is of any one customer."""

from __future__ import annotations

import json

from chanplan.domain.ports import Writer
from chanplan.store.journal import Entry

CLUSTERS = "cluster_names"


def create(writer: Writer) -> None:
    """The table of fits, one row per population."""
    writer.run(
        "create table if not exists cluster_fit"
        " (population varchar, body varchar, seq bigint, said_at varchar, said_by varchar)"
    )


def take_in(writer: Writer, entry: Entry) -> None:
    """What an entry of kind "cluster_names" says: the fit of `population` is `fit` now, or, where
    that is null, there is none; `deed` says what somebody did: kept, renamed or back."""
    population, fit = str(entry.body["population"]), entry.body["fit"]
    writer.run("delete from cluster_fit where population = ?", [population])
    if fit is not None:
        told = json.dumps(fit, ensure_ascii=False, sort_keys=True)
        values = [population, told, entry.seq, entry.at, entry.by]
        writer.run("insert into cluster_fit values (?, ?, ?, ?, ?)", values)
