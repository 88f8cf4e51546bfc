"""What the search finds of editions: number, kind, and why they were made; not what stands in them."""

from collections.abc import Iterable

from bcp_portal.accounts.models import Membership
from bcp_portal.accounts.permissions import Permission
from bcp_portal.search.lines import Group, Line, LineAddress, filled, numbers_of
from bcp_portal.search.sources import SearchSource
from plans.document.edition_number import EditionNumber
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.queries import StandingEdition, editions_today


def edition_group(membership: Membership) -> Iterable[Group]:
    """Return issued editions, the latest first, then those from before this program."""
    earlier = EarlierEdition.objects.order_by("-number_major", "-number_minor")
    lines = (*map(_issued, editions_today()), *map(_earlier, earlier))
    return [Group("editions", "版", lines)]


def _issued(each: StandingEdition) -> Line:
    edition = each.edition
    said = filled(
        (
            ("改定の種類", edition.kind_label),
            ("制定・改訂の内容", edition.reason),
            ("文書番号", edition.document_number),
            ("照会番号", edition.short_code),
        )
    )
    return Line(
        edition.label,
        LineAddress("editions:show", (str(edition.uid),)),
        said,
        numbers=numbers_of(edition.label, *_numbers(edition.number), edition.short_code),
        state=each.standing.value,
    )


def _earlier(edition: EarlierEdition) -> Line:
    return Line(
        edition.shown_label,
        LineAddress("editions:list"),
        filled((("制定・改訂の内容", edition.content),)),
        numbers=numbers_of(edition.shown_label, *_numbers(edition.number)),
        state="これまでの版",
    )


def _numbers(number: EditionNumber) -> tuple[str, ...]:
    """Return how people ask for an edition; the first one is called 初版, and 第1版 by others."""
    digits = f"{number.major}.{number.minor}" if number.minor else f"{number.major}"
    return (number.label,) if number.part else (number.label, f"第{digits}版", f"{digits}版")


EDITIONS = SearchSource(50, Permission.READ_PLAN, edition_group)
