"""Rows to begin with, as data: texts by column name, just as a person would type them.

A new municipality starts from them and the sample plan is made of them; both load them through the
form of the table. Wording is our own; what is asked and in which order follows the source named in
each module.
"""

Cells = dict[str, str]
"""One row: the text of each cell by the name of its column."""
