"""The level of preparation with an outside company (表5.4-5)."""

import pytest

from systems.arithmetic.vendor_level import ContractTerms, vendor_level

REACHABLE = ("desk", "deputy", "alt_site")
SETTLED = ContractTerms("yes", ("contract", "sla"), names_sla=False)


def level(desks=REACHABLE, *, surveyed=True, contracts=(SETTLED,)):
    return vendor_level(desks, surveyed=surveyed, contracts=contracts)


def test_everything_agreed_is_level_three():
    assert level() == 3


def test_no_contact_is_level_zero_whatever_else_is_agreed():
    assert level(()) == 0


@pytest.mark.parametrize("missing", REACHABLE)
def test_desk_deputy_and_alternate_site_are_all_needed_for_level_one(missing):
    assert level([desk for desk in REACHABLE if desk != missing]) == 0


def test_contacts_without_survey_are_level_one_even_with_a_good_contract():
    assert level(surveyed=False) == 1


def test_survey_without_contract_is_level_two():
    assert level(contracts=()) == 2


@pytest.mark.parametrize(
    "terms",
    [
        ContractTerms("negotiating", ("contract", "sla"), names_sla=True),
        ContractTerms("no", (), names_sla=True),
        ContractTerms("yes", ("oral",), names_sla=True),
        ContractTerms("yes", ("memorandum", "sla"), names_sla=True),
        ContractTerms("yes", ("contract",), names_sla=False),
    ],
)
def test_without_written_clause_or_service_level_it_stays_at_level_two(terms):
    assert level(contracts=[terms]) == 2


@pytest.mark.parametrize(
    "terms",
    [
        ContractTerms("yes", ("specification", "sla"), names_sla=False),
        ContractTerms("yes", ("contract",), names_sla=True),
    ],
)
def test_clause_in_contract_or_specification_with_service_level_is_level_three(terms):
    assert level(contracts=[terms]) == 3


def test_one_contract_without_the_clauses_holds_the_vendor_back():
    assert level(contracts=[SETTLED, ContractTerms("no", (), names_sla=False)]) == 2
