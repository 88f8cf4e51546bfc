"""A whole installation into one encrypted file, and back onto a bare machine."""
