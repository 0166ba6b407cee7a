"""The page of names: pairs that wait for a word, those decided on, and one set by hand."""
