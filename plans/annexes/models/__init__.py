"""Records of the 様式, one module a subject."""
