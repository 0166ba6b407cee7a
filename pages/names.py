"""Which names of different sources mean one thing?"""

from chanplan.ui import shell
from chanplan.ui.guard import guard
from chanplan.ui.names import page

guard()
shell.plain_page("names")
page.show()
