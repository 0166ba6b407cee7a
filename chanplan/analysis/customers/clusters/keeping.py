"""A fit with its names as plain data for the journal, and back."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan, nan
from typing import Any

from chanplan.analysis.customers.clusters.choice import Choice
from chanplan.analysis.customers.clusters.matching import Kept, Known
from chanplan.analysis.customers.clusters.naming import Name
from chanplan.analysis.customers.clusters.scaling import Scaling


def written(kept: Kept, choice: Choice) -> dict[str, Any]:
    """Numbers, codes and the names people gave; nothing of any customer."""
    scaling = kept.scaling
    return {
        "choice": {"features": list(choice.features), "k": choice.k},
        "scaling": {
            "names": list(scaling.names),
            "logged": list(scaling.logged),
            "centre": list(scaling.centre),
            "scale": list(scaling.scale),
        },
        "clusters": [
            {
                "id": one.id,
                "centre": {name: None if isnan(at) else at for name, at in one.centre},
                "traits": [list(trait) for trait in one.name.traits],
                "number": one.name.number,
                "called": one.called,
            }
            for one in kept.known
        ],
        "next_id": kept.next_id,
    }


def read(body: Mapping[str, Any]) -> tuple[Kept, Choice]:
    """What `written` wrote."""
    columns = body["scaling"]
    scaling = Scaling(*(tuple(columns[name]) for name in ("names", "logged", "centre", "scale")))
    known = tuple(
        Known(
            one["id"],
            tuple((name, nan if at is None else at) for name, at in one["centre"].items()),
            Name(tuple((name, degree) for name, degree in one["traits"]), one["number"]),
            one["called"],
        )
        for one in body["clusters"]
    )
    choice = Choice(tuple(body["choice"]["features"]), body["choice"]["k"])
    return Kept(scaling, known, body["next_id"]), choice
