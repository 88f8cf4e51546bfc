"""The pages of prints."""
