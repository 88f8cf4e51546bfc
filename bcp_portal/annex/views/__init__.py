"""The generic pages of every annex."""
