"""What findings share with the imports: a person with a file."""

from tests.annex.importing.conftest import desk

__all__ = ["desk"]
