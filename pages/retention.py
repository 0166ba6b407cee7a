"""Who stays, and what are they worth?"""

from chanplan.ui import population, shell
from chanplan.ui.guard import guard
from chanplan.ui.retention import check, cohorts, page

guard()
view = shell.analysis_page("retention")
found = page.find(population.at_day(population.asked(view)))
page.headline(found)
cohorts.months(found)
cohorts.channels(found)
page.expected(found)
check.show(found)
check.advanced(found)
