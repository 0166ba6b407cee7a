"""The import page: pick files, see what they are, answer, correct, load, read the result."""
