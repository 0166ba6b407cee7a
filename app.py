"""Front door: page settings, language, the list of pages; everything else is in the pages."""

from chanplan.ui import address, caring, guard, navigation, opening, session, shell, welcome
from chanplan.ui.imports import underway

navigation.settle_window()
address.begin()
page = navigation.page()
shell.frame()
with guard.calm():
    caring.wait()
    session.workspace()  # a store that another process holds is told before anything is drawn
    welcome.sample_notice()
    underway.sign(page.url_path or navigation.OVERVIEW)
    opening.notes()
    guard.enter()
    page.run()
address.finish()
