"""The pages of editions: list, reading, files, putting back, and editions from before this program."""
