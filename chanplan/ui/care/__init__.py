"""The page of customers to call: the list, its picture, and work on it outside."""
