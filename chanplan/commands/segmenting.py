"""`segment`: a row per customer with its segment, by RFM or by what they buy alike (k-means)."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pandas as pd

from chanplan.analysis.customers.clusters.grouping import LEAST_ROWS
from chanplan.analysis.customers.facts import Asked
from chanplan.commands import frame, written
from chanplan.commands.asking import scope_of
from chanplan.domain.errors import BadQueryError
from chanplan.domain.population import POPULATIONS
from chanplan.domain.scope import BASES
from chanplan.language import text
from chanplan.reports.cluster_names import cluster_names
from chanplan.workspace import Workspace
from chanplan.workspace.masking import mask_frame

# How customers can be told apart; a further method is one more name.
METHODS = ("rfm", "kmeans")
KMEANS = "kmeans"
COLUMNS = ("customer", "segment", "recency", "frequency", "monetary")


@click.command("segment")
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True)
@click.option(
    "--population", type=click.Choice(POPULATIONS), help="Default: the only one there is."
)
@click.option("--as-of", metavar="2025-06-30", help="As if then (default: the data date).")
@click.option("--basis", type=click.Choice(BASES), help="Default: the one with most lines.")
@frame.tax_option
@click.option("--where", multiple=True, metavar="DIMENSION=MEMBER", help="Keep these.")
@frame.home_option
@frame.json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated rows.")
@click.option("--unmasked", is_flag=True, help="Phone and ID numbers and e-mail addresses whole.")
@frame.guarded
def segment(
    method: str,
    population: str | None,
    as_of: str | None,
    basis: str | None,
    tax: str | None,
    where: tuple[str, ...],
    home: Path | None,
    as_json: bool,
    as_csv: bool,
    unmasked: bool,
) -> None:
    """Tell customers apart by how they buy: a row each, the most money first.

    recency: days since the last sale; frequency: orders, or active months where an account orders
    continuously; monetary: net sales up to the day.
    """
    with frame.open_workspace(home) as workspace:
        scope = scope_of(workspace, None, None, where, basis, tax)
        chosen = workspace.customers.population(scope, population)
        day = _day(as_of) if as_of else workspace.customers.data_date(scope)
        found = _told(workspace, Asked(chosen, scope, day), method)
    shown = found if unmasked else mask_frame(found)
    _print(shown, as_json, as_csv)
    if not shown.equals(found):
        frame.say(text(frame.language(), "commands.masked"))


def _told(workspace: Workspace, asked: Asked, method: str) -> pd.DataFrame:
    if method == KMEANS:
        found = _clustered(workspace, asked)
    else:
        found = workspace.customers.segmented(asked, method)
    if found.empty:
        raise BadQueryError("no_customers_yet", day=asked.as_of.isoformat())
    return found[[*COLUMNS]].astype({"segment": object})


def _clustered(workspace: Workspace, asked: Asked) -> pd.DataFrame:
    """Groups as the page of clusters has them, named as there; nothing is kept by asking."""
    clustered = workspace.customers.clustered(asked)
    found = clustered.found
    facts = workspace.customers.compared(asked, found.choice.features)
    if found.k is None and not facts.empty:
        raise BadQueryError(f"clusters_{found.verdict}", count=len(facts), least=LEAST_ROWS)
    names = cluster_names(clustered.named.known, frame.language())
    labels = dict(zip(found.labels["customer"], found.labels["cluster"], strict=True))
    told = facts.assign(
        segment=[names[int(labels[one])] for one in facts["customer"]],
        frequency=facts["orders"],
        monetary=facts["net"],
    )
    if found.verdict != "sound":
        frame.say(text(frame.language(), f"clusters.command_{found.verdict}"))
    return told


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(f"{text!r} is no day", param_hint="--as-of") from fault


def _rows(found: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """One at a time: there may be a million."""
    for row in found.itertuples(index=False, name=None):
        yield {name: written.plain(value) for name, value in zip(COLUMNS, row, strict=True)}


def _print(found: pd.DataFrame, as_json: bool, as_csv: bool) -> None:
    if as_json:
        click.echo(json.dumps([*_rows(found)], ensure_ascii=False, indent=2))
        return
    sign = "," if as_csv else "\t"
    writer = csv.DictWriter(sys.stdout, COLUMNS, delimiter=sign, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(found))
