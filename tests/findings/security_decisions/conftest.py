"""The town in which the attacks are tried: a small plan, its people, and rows of 様式9."""

from tests.plans.revisions.conftest import town

__all__ = ["town"]
