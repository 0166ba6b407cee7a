"""Which members of a dimension are called by a phone number, an ID number or an e-mail address."""

from __future__ import annotations

from typing import Final

import pandas as pd

from chanplan.domain.masking import PERSONAL, all_masked, masked
from chanplan.store import Store
from chanplan.workspace import looking

# Dimensions whose members may be persons.
OF_PERSONS: Final = ("customer", "partner", "salesperson")


def masks(store: Store, dimension: str) -> dict[str, str]:
    """Member → how it is shown, of those alone that are such a number or address."""
    if dimension not in OF_PERSONS:
        return {}
    source = looking.smallest(dimension)
    found = store.fetch(
        f"select distinct {dimension} as member from {source}"
        f" where regexp_matches(trim({dimension}), ?) order by member",
        [PERSONAL],
    )
    return all_masked(map(str, found["member"]))


def mask_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with such members masked, under whatever name of the dimension's columns."""
    named = [
        name
        for name in frame.columns
        if str(name).removesuffix("_in_file") in OF_PERSONS and frame[name].dtype == object
    ]
    return frame.assign(**{
        name: [masked(one) if isinstance(one, str) else one for one in frame[name]]
        for name in named
    })  # fmt: skip
