"""Records of Word files brought in, and of templates."""
