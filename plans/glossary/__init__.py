"""The words a plan explains, and their marks in its text."""
