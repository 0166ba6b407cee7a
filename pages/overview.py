"""What happened in the period, and what drove it?"""

from chanplan.ui import alerts, buyers, overview, shell, unusual
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("overview")
said = [overview.headline(view), *unusual.show(view, "overview")]
overview.key_figures(view)
alerts.show(view)
overview.sales_trend(view)
overview.biggest_movers(view)
buyers.add(view, said)
