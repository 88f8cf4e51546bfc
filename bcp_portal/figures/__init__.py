"""Draws figures from plain rows with graphviz, each with a text alternative; knows no database."""
