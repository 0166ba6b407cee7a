"""Who came, came back and left in each channel, and where its new customers bought before?"""

from chanplan.ui import flows, flows_found, shell
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("flows")
known = flows_found.find(view)
flows.headline(view, known)
flows.states(view, known)
flows.switches(view, known)
flows.frequency(view)
