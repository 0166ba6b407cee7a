"""What do we know of one customer?"""

from chanplan.ui import customer, shell
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("customer")
customer.show(view)
