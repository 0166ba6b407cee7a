"""The page of fit: which products fit which channel, and where money is left."""
