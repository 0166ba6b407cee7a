"""What the attributes of members are called."""

from __future__ import annotations

from chanplan.plans.organisation import Kind
from chanplan.ui import figure
from chanplan.ui.session import say


def attribute_named(kind: Kind, attribute: str) -> str:
    """An attribute by the name of the dimension that groups by it, else by its own word."""
    dimension = kind.attributes[attribute]
    if dimension is not None:
        return figure.dimension_name(dimension)
    return say(f"organisation.attribute_{attribute}")
