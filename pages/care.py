"""Whom to call?"""

from chanplan.ui import shell
from chanplan.ui.care import desk, drawn, listed
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("care")
found = listed.find(view)
listed.headline(found)
drawn.show(found)
listed.show(found)
desk.outcome(found)
desk.exchange(found)
desk.playbook(found)
