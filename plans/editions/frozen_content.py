"""Tells quickly whether frozen JSON is still what its hash was made of, without reading it as JSON.

A plan is megabytes: the hash of the stored text is compared with that of a text which was proven
once by this process, and only another text is hashed in its canonical form.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.models.functions import Cast

_PROVEN_KEPT = 200
_proven: OrderedDict[tuple[str, int, tuple[str, ...]], str] = OrderedDict()


def is_as_frozen(
    rows: "models.QuerySet[Any]",
    pk: int,
    names: Sequence[str],
    proof: Callable[..., bool],
) -> bool:
    """Tell whether the JSON fields `names` of one row pass `proof`, which takes their values.

    What cannot be read, or is not there, does not.
    """
    row = rows.filter(pk=pk)
    texts = row.values_list(*(Cast(name, models.TextField()) for name in names)).first()
    if texts is None:
        return False
    digest = hashlib.sha256("\0".join(str(text) for text in texts).encode()).hexdigest()
    key = (rows.model._meta.label_lower, pk, tuple(names))
    if _proven.get(key) == digest:
        return True
    try:
        values = row.values_list(*names)[0]
    except ValueError:
        return False
    if not proof(*values):
        return False
    _proven[key] = digest
    _proven.move_to_end(key)
    while len(_proven) > _PROVEN_KEPT:
        _proven.popitem(last=False)
    return True
