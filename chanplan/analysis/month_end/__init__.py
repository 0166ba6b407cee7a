"""What a month needs before it can be closed: which files are due, and which steps are done."""
