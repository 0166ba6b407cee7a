"""This month: its steps from the first file to the report sent."""
