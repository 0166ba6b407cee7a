"""Front door: page settings, language, the list of pages; everything else is in the pages."""

from chanplan.ui import address, guard, navigation, session, shell, welcome

navigation.settle_window()
address.begin()
page = navigation.page()
shell.frame()
with guard.calm():
    session.workspace()  # a store that another process holds is told before anything is drawn
    welcome.sample_notice()
    guard.enter()
    page.run()
address.finish()
