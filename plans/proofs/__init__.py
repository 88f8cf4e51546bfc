"""Proves plans, revisions and editions, and tells log and archive what of them to keep."""
