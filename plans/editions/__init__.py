"""Editions: what was approved, frozen, numbered, chained by hashes, and never changed again."""
