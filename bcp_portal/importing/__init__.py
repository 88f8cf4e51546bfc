"""Brings the rows of Excel and CSV files in: read apart, shown first, written like typed rows."""
