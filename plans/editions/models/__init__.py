"""Records of editions and of how they are numbered and printed."""
