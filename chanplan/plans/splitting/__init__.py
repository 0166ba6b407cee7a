"""A target split over months and members: what is locked stays, the rest is shared out exactly."""

from chanplan.plans.splitting.downwards import resplit, split
from chanplan.plans.splitting.year import HOWS, History, How, Lock, Node, Split

__all__ = ["HOWS", "History", "How", "Lock", "Node", "Split", "resplit", "split"]
