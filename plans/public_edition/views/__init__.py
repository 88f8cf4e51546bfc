"""The pages of the public edition."""
