"""What does each number mean?"""

from chanplan.ui import glossary, shell
from chanplan.ui.guard import guard

guard()
shell.plain_page("glossary")
glossary.show()
