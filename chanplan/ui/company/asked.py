"""What the page of company rules asks of the store, kept until the data changes."""

from __future__ import annotations

import pandas as pd

from chanplan.ui.session import worked_out, workspace
from chanplan.workspace import ruling


def rated() -> pd.DataFrame:
    """See `ruling.rated`; likewise the others."""
    return worked_out(_rated)


def one_sided() -> pd.DataFrame:
    """Members with one side of the tax only."""
    return worked_out(_one_sided)


def unknown_units() -> pd.DataFrame:
    """Products in units that no table knows."""
    return worked_out(_unknown_units)


def caught() -> pd.DataFrame:
    """What each rule catches."""
    return worked_out(_caught)


def by_status() -> pd.DataFrame:
    """What files' own words make of lines."""
    return worked_out(_by_status)


def likely() -> pd.DataFrame:
    """What may be no ordinary sale."""
    return worked_out(_likely)


def _rated() -> pd.DataFrame:
    return ruling.rated(workspace().store)


def _one_sided() -> pd.DataFrame:
    return ruling.one_sided(workspace().store)


def _unknown_units() -> pd.DataFrame:
    return ruling.unknown_units(workspace().store)


def _caught() -> pd.DataFrame:
    return ruling.caught(workspace().store)


def _by_status() -> pd.DataFrame:
    return ruling.by_status(workspace().store)


def _likely() -> pd.DataFrame:
    return ruling.likely(workspace().store)
