"""What a number means: the catalogue, the query, and how a query becomes SQL."""
