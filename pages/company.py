"""By which rules does this company count: tax, units, types of line, calendar, currencies?"""

from chanplan.ui import shell
from chanplan.ui.company import page
from chanplan.ui.guard import guard

guard()
shell.plain_page("company")
page.show()
