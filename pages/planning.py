"""What is the year to bring, in every month and for every member?"""

from chanplan.ui import shell
from chanplan.ui.guard import guard
from chanplan.ui.planning import page

guard()
shell.plain_page("planning")
page.show()
