"""Who stays, and what are they worth?"""

from chanplan.ui import population, retention, retention_check, retention_cohorts, shell
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("retention")
found = retention.find(population.at_day(population.asked(view)))
retention.headline(found)
retention_cohorts.months(found)
retention_cohorts.channels(found)
retention.expected(found)
retention_check.show(found)
retention_check.advanced(found)
