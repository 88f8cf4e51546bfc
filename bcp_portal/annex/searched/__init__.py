"""What the search over everything finds of tables and their rows."""
