"""What findings share with the imports: a person with a file."""

from tests.importing.conftest import desk

__all__ = ["desk"]
