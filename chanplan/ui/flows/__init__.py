"""The page of flows: customers new, repeat, won back and lost, and where they came from."""
