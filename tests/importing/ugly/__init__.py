"""Sheets as towns really keep them, built in code, each with what must come of it."""
