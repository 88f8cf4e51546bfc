"""BCP Portal; VERSION is also that of pyproject.toml."""

VERSION = "0.1.0"
