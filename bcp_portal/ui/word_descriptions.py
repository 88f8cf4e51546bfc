"""Says in a Word file whose it is, and leaves out what the library's empty file brings of its own."""

from datetime import datetime
from typing import Any

# The same content must give the same file; Word demands some date.
_WRITTEN_AT = datetime(2000, 1, 1)


def describe(word: Any, *, title: str, author: str) -> None:
    """Set title, author and language; drop the picture of another document."""
    properties = word.core_properties
    properties.title, properties.author = title, author
    properties.language = "ja-JP"
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = _WRITTEN_AT
    drop_relations(word.part.package, "/thumbnail")


def drop_relations(part: Any, *kinds: str) -> None:
    """Drop the relations of these kinds, and with them what they lead to."""
    for name, relation in list(part.rels.items()):
        if relation.reltype.endswith(kinds):
            del part.rels[name]
