"""Tests of bringing Excel and CSV files in."""
