"""The Document, and everything that is a function of one: canonical form, masking, redaction, coverage."""
