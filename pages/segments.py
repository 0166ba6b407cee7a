"""Who are our customers, and who moved?"""

from chanplan.ui import segments, shell
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("segments")
segments.show(view)
