"""The text of a chapter: its markup, numbers, marks and live blocks; pure."""
