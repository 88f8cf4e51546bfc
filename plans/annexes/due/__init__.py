"""What of the 様式 is due, and when."""
