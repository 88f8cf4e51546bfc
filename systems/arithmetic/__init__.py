"""Recovery arithmetic on plain values; pure."""
