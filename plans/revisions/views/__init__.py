"""The pages of revisions: they ask `rules` and `decisions`, and decide nothing themselves."""
