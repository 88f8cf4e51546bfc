"""The list of what can be prepared; each room registers its own at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import SeenRow
from bcp_portal.jobs.models import Preparation
from bcp_portal.ui.errors import DomainError

Report = Callable[[str, int, int], None]
"""Is told what is being done, and how many of how many."""


@dataclass(frozen=True)
class MadeFile:
    """A file, its name, what the log writes of each taking, and whose personal values are in it.

    Without an `action` nothing is written: strangers may read it.
    """

    content: bytes
    name: str
    action: str = ""
    note: str = ""
    way: str = ""
    shown: Sequence[SeenRow] = ()


@dataclass(frozen=True)
class MadePage:
    """What a page shows, as plain dataclasses of this release; the page itself notes the showing."""

    value: Any


def opens_by_role(membership: Membership, job: Preparation) -> bool:
    """Open personal values to those who may see them now, anything else to every member."""
    return not job.with_personal or bool(membership.may(Permission.VIEW_PERSONAL))


@dataclass(frozen=True)
class PreparedProduct:
    """One thing that is prepared in the background.

    `label` is what pages call it. `make` runs in the worker inside the municipality's scope and
    raises DomainError (Japanese) for what cannot be made. `address` leads to the page that shows
    it, or, for a file, to the page on which it is asked for. `opens` is asked each time somebody
    wants to see it.
    """

    code: str
    label: str
    make: Callable[[Preparation, Report], MadeFile | MadePage]
    address: Callable[[Preparation], str]
    is_page: bool = False
    content_type: str = ""
    opens: Callable[[Membership, Preparation], bool] = opens_by_role


@dataclass(frozen=True)
class PreparationRequest:
    """One thing that a person wants: which, of what, and in which versions of what is read."""

    product: str
    options: Mapping[str, Any] = field(default_factory=dict)
    with_personal: bool = False
    versions: Sequence[str] = ()


_products: dict[str, PreparedProduct] = {}


def register_prepared(product: PreparedProduct) -> None:
    """Add a product; a code used twice raises ValueError."""
    if product.code in _products:
        raise ValueError(f"{product.code!r} is registered twice.")
    _products[product.code] = product


def product_of(code: str) -> PreparedProduct:
    """Return the product; DomainError 404 when this release has none of this code."""
    try:
        return _products[code]
    except KeyError:
        raise DomainError("この内容は、もう作れません。", status=404) from None
