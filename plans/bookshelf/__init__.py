"""What happens to an edition after its issue: copies, replacement pages, checking, reading."""
