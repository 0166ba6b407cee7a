"""Whatever else one wants to know: any measures by any dimensions, over time or across."""

from chanplan.ui import pivot, shell
from chanplan.ui.guard import guard

guard()
pivot.show(shell.analysis_page("pivot"))
