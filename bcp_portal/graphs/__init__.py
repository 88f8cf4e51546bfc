"""Depth, circles and order of a directed graph; pure."""
