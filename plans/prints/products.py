"""The one list of what can be printed: the plan, and what other rooms register at start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.audit.services import SeenRow
from bcp_portal.ui.errors import DomainError
from plans.printing.press import OnProgress

PLAN = "plan"

Options = Mapping[str, Any]
"""What a person chose for one print, as plain data; each product knows its own keys."""


NoteShown = Callable[[Sequence[SeenRow]], None]


@dataclass(frozen=True)
class PrintOrder:
    """One print as a product's maker gets it: whose, of what, and whom to tell how far it is.

    The maker tells `note_shown` once whose personal values stand in the file, so that each person
    who takes it stands in the log. Of a personal print about which it says nothing, the log names
    every row that has such values.
    """

    municipality: Municipality
    options: Options = field(default_factory=dict)
    with_personal: bool = False
    numbering: str = "whole"
    on_progress: OnProgress = lambda done, total: None
    note_shown: NoteShown = lambda rows: None


@dataclass(frozen=True)
class FileKind:
    """What a product comes out as: what pages call it, its ending, and its type for browsers.

    `doing` says in one noun what is done: 「計画の印刷」.
    """

    label: str
    ending: str
    content_type: str
    doing: str


PDF = FileKind("PDF", "pdf", "application/pdf", "印刷")
WORD = FileKind(
    "Wordファイル",
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "Word出力",
)


@dataclass(frozen=True)
class Product:
    """One thing that is printed in the background.

    `label` stands before 「の印刷」 on pages and in the operation log. `title` makes the name of
    the file, without date and ending. `make` returns the file, runs in the worker inside the
    municipality's scope, and raises DomainError (Japanese) for what cannot be printed. `who` may
    ask for it and fetch it.
    """

    code: str
    label: str
    title: Callable[[Municipality, Options], str]
    make: Callable[[PrintOrder], bytes]
    who: Permission = Permission.PRINT
    kind: FileKind = PDF


class UnknownProductError(DomainError):
    """A print of something this program does not know, any more or yet."""

    def __init__(self, code: str) -> None:
        super().__init__(f"「{code}」という印刷物はありません。", status=404)


_products: dict[str, Product] = {}


def register_product(product: Product) -> None:
    """Add a product; a code used twice raises ValueError."""
    if product.code in _products:
        raise ValueError(f"{product.code!r} is registered twice.")
    _products[product.code] = product


def product_of(code: str) -> Product:
    """Return the product; raise UnknownProductError when there is none of this code."""
    try:
        return _products[code]
    except KeyError:
        raise UnknownProductError(code) from None


def label_of(code: str) -> str:
    """Return what pages call a product, also one that is no longer known."""
    product = _products.get(code)
    return product.label if product else code


def kind_of(code: str) -> FileKind:
    """Return what a product comes out as; one that is no longer known was a PDF."""
    product = _products.get(code)
    return product.kind if product else PDF
