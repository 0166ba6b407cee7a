"""The page of clusters: groups that buy alike, drawn, explained and named."""
