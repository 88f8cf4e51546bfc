"""Rows to begin with, as CSV files: texts by column name, just as a person would type them.

A new municipality starts from them and the sample plan is made of them; both load them through the
form of the table. Wording and times are our own, to be adapted; what is asked and in which order
follows the source named in `reading.py`.
"""
