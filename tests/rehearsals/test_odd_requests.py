"""Thousands of odd requests over every URL; `python -m scripts.fuzz_requests` chooses how many and which."""

import os

import pytest

from bcp_portal.accounts.models import Municipality
from tests.contract.odd_requests import Fuzz, report

REQUESTS = int(os.environ.get("BCP_FUZZ_REQUESTS", "10000"))
SEED = int(os.environ.get("BCP_FUZZ_SEED", "20261201"))


@pytest.mark.django_db
def test_no_request_at_random_is_a_fault(
    municipality: Municipality, other_municipality: Municipality
) -> None:
    fuzz = Fuzz(seed=SEED, requests=REQUESTS, home=municipality, neighbour=other_municipality)
    fuzz.run()
    assert not fuzz.failures, "\n".join(report(fuzz))
    assert sum(fuzz.statuses.values()) == REQUESTS
