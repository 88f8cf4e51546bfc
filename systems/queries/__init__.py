"""Reads what derived columns and views need, each with a constant number of queries."""
