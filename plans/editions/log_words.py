"""What the operation log calls the writes to editions."""

ISSUED = "版の発行"
