"""PostgreSQL without a limit of signs in short texts."""
