"""Declares the views of this room: tables that chapters print and nobody types."""

from drills import derived_tables

TABLES = derived_tables.TABLES
