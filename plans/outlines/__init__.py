"""The tables of contents, with first texts, from which a municipality starts."""
