"""What has been imported, what of it counts, and which lines stand behind a number?"""

from chanplan.ui import data, shell
from chanplan.ui.guard import guard

guard()
shell.plain_page("data")
data.show()
