"""Who came, came back and left in each channel, and where its new customers bought before?"""

from chanplan.ui import shell
from chanplan.ui.flows import finding, page
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("flows")
known = finding.find(view)
page.headline(view, known)
page.states(view, known)
page.switches(view, known)
page.frequency(view)
