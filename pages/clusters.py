"""Which customers buy alike?"""

from chanplan.ui import clusters, clusters_asked, clusters_drawn, clusters_names, shell
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("clusters")
asked = clusters_asked.asked(view)
shown = clusters_asked.shown(asked)
if shown:
    clusters.headline(shown)
    clusters.table(shown)
    clusters_drawn.profile(shown)
    clusters_drawn.search(shown)
    clusters_drawn.picture(shown)
    clusters.rules(shown)
    clusters_names.show(shown)
    clusters.customers(shown)
