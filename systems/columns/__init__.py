"""Computed columns of the 様式."""
