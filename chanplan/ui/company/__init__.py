"""The page of the company's own rules: a tab each, all by one scheme (sheet.py)."""
