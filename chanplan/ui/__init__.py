"""Everything that knows Streamlit, apart from the pages themselves."""

import gc

# Almost all that a start makes stays for good (modules, words, the catalogue): looked through for
# garbage at Python's usual pace, it costs a tenth of the time to the first page.
gc.set_threshold(50_000, 20, 50)
