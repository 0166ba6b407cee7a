"""A file's journey into the store, one step per file: read, recognise, clean, load."""
