"""Takes a Word file apart into chapters, shows where they could go, and puts them there."""
