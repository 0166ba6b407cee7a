"""Customers of a population at a day: `Workspace.customers` is the one door to them."""
