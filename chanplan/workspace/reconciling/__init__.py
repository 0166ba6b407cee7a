"""Whether our numbers agree with each other and with finance, and which one counts: asked and
said, for screens, commands and the month's close."""

from chanplan.workspace.reconciling.states import State, state

__all__ = ["State", "state"]
