"""Files that nobody would send on purpose: whole ones of every format, and what harms them."""
