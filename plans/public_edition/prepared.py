"""The leak check of the working copy, made in the background and shown on its page when it is ready."""

from dataclasses import dataclass

from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.jobs.models import Preparation
from bcp_portal.jobs.prepared.products import (
    MadePage,
    PreparationRequest,
    PreparedProduct,
    Report,
    register_prepared,
)
from plans.public_edition.finds import Find
from plans.public_edition.working_copy import maker_of_working_copy
from plans.working_copy.version import version_of_working_copy

LEAK_CHECK = "leak-check"


@dataclass(frozen=True)
class Checked:
    """What the leak check said of the working copy: finds, faults of the page, whether it has pictures.

    `version` is the one of the working copy before it was read.
    """

    finds: tuple[Find, ...]
    faults: tuple[str, ...]
    has_pictures: bool
    version: str


def register_leak_check() -> None:
    """Tell the jobs; called once at start."""
    register_prepared(PreparedProduct(LEAK_CHECK, "漏れの検査", _make, _address, is_page=True))


def wanted_check(municipality: Municipality) -> PreparationRequest:
    """Return what is asked for: the check of the working copy in scope as it is now."""
    return PreparationRequest(LEAK_CHECK, versions=(version_of_working_copy(municipality),))


def _make(job: Preparation, report: Report) -> MadePage:
    report("計画の読み取り", 0, 3)
    version = version_of_working_copy(job.municipality)
    maker = maker_of_working_copy(job.municipality)
    report("公開しない値の検査", 1, 3)
    finds = tuple(maker.finds)
    report("公開版の画面の検査", 2, 3)
    faults = tuple(maker.faults_of_page())
    return MadePage(Checked(finds, faults, bool(maker.document.images), version))


def _address(job: Preparation) -> str:
    return f"{reverse('public:check', args=[job.municipality.code])}?of={job.uid}"
