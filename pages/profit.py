"""What does each channel earn after the cost of goods and its own costs?"""

from chanplan.ui import profit, shell
from chanplan.ui.guard import guard

guard()
view = shell.analysis_page("profit")
known = profit.stated(view)
profit.headline(view, known)
profit.company(view, known)
profit.channels(view, known)
profit.opened(view, known)
