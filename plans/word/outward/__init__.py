"""The plan as a Word file: headings, contents, tables, figures and sections that Word itself knows."""
