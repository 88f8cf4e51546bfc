"""Rules of single rows."""
