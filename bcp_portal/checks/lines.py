"""Turns findings into what a page shows of them to one reader."""

from typing import NamedTuple

from django.urls import reverse

from bcp_portal.accounts.models import Membership
from bcp_portal.checks.findings import Finding, Where
from bcp_portal.checks.registry import title_of


class FindingLine(NamedTuple):
    """A sentence, label and address of each page where it is seen to, and the title of its check."""

    sentence: str
    links: tuple[tuple[str, str], ...]
    title: str


def line_of(finding: Finding, reader: Membership) -> FindingLine:
    """Return a finding with its links; where a page is closed to the reader, with whom to ask."""
    closed = [each for each in finding.where if not reader.may(each.permission)]
    links = [(each.label, _address(each, reader)) for each in finding.where if each not in closed]
    said = finding.sentence + "".join(each.otherwise for each in closed)
    return FindingLine(said, tuple(links), title_of(finding))


def _address(where: Where, reader: Membership) -> str:
    address = reverse(where.name, args=[reader.municipality.code, *where.args])
    return f"{address}#{where.fragment}" if where.fragment else address
