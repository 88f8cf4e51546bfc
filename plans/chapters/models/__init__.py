"""Records of the plan, its chapters and their pictures."""
