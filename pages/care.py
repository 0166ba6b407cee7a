"""Whom to call?"""

from chanplan.ui import care_desk, care_drawn, care_list, shell
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("care")
found = care_list.find(view)
care_list.headline(found)
care_drawn.show(found)
care_list.show(found)
care_desk.outcome(found)
care_desk.exchange(found)
care_desk.playbook(found)
