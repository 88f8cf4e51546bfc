"""Lets every limit of a text count letters as people read them, and say how many there are.

Django makes the check of a length itself for each field of a model and of a form; so the one class
that counts is set here, when the program starts, and no field can be forgotten.
"""

from django.core.validators import MaxLengthValidator

from bcp_portal.ui.counted_letters import letter_count

TOO_LONG = "%(limit_value)d文字以内で入力してください（今は%(show_value)d文字）。"


def count_by_letters() -> None:
    """Replace the counting and the sentence of Django's check of a longest length."""
    MaxLengthValidator.clean = _count  # type: ignore[assignment, method-assign]
    MaxLengthValidator.message = TOO_LONG


def _count(_validator: MaxLengthValidator, text: str) -> int:
    return letter_count(text)
