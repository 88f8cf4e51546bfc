"""What is done once a night without anybody asking: whatever nobody needs any more is removed."""
