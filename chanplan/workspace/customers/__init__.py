"""Customers of a population at a day: `Workspace.customers` is the one door to them."""

from chanplan.workspace.customers.clusters import Clustered
from chanplan.workspace.customers.customers import Customers

__all__ = ["Clustered", "Customers"]
