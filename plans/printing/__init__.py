"""Turns a Document into a PDF; knows no database, so workers and benchmarks can use it alone."""
