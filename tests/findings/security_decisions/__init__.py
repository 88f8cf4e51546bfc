"""Decisions nobody may take on their own change, tried in every way that once worked."""
