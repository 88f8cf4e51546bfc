"""What failed when the program was tried, one module a findings page and topic."""
