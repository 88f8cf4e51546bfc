"""Annexes as an Excel workbook that prints like the plan, and in which every value keeps its type."""
