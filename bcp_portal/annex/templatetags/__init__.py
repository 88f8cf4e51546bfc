"""Template tags of the annex pages."""
