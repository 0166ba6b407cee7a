"""Which customers buy alike?"""

from chanplan.ui import shell
from chanplan.ui.clusters import asking, drawn, names, page
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("clusters")
asked = asking.asked(view)
shown = asking.shown(asked)
if shown:
    page.headline(shown)
    page.table(shown)
    drawn.profile(shown)
    drawn.search(shown)
    drawn.picture(shown)
    page.rules(shown)
    names.show(shown)
    page.customers(shown)
