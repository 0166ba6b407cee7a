"""Where do members belong, since when, and what has moving them changed?"""

from chanplan.ui import shell
from chanplan.ui.guard import guard
from chanplan.ui.organisation import page

guard()
page.show(shell.analysis_page("organisation"))
