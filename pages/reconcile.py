"""Do our numbers agree with each other and with finance, and which one counts?"""

from chanplan.ui.guard import guard
from chanplan.ui.reconcile import page

guard()
page.show()
