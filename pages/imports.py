"""Which files are there, what are they, and what came of loading them?"""

from chanplan.ui import shell
from chanplan.ui.guard import guard
from chanplan.ui.imports import page

guard()
shell.plain_page("imports")
page.show()
