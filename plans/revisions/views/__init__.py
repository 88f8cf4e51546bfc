"""The pages of revisions: they ask `rules` and `deciding`, and decide nothing themselves."""
