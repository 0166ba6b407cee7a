"""Targets beside sales: `Workspace.targets` is the one door to them."""

from chanplan.workspace.tracking.targets import TrackedTargets

__all__ = ["TrackedTargets"]
