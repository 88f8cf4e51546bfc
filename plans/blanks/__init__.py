"""Blanks that approval asks about: found, listed, and answered once a table."""
