"""Starts, checks and packs the portal; nothing here is imported by the portal itself."""
