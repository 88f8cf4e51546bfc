"""Proposals to issue a new edition: what they cover, who decides, and what was decided."""
