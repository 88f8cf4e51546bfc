"""Rules and arithmetic on rows of the 様式; pure where nothing is read."""
