"""The page on which sources are held against each other and against finance."""
