"""The rooms of `ingest.read`: what each kind of file needs to become a table of text."""
