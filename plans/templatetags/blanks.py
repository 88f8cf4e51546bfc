"""How pages show the blanks of a table and what was answered for them."""

from typing import Any

from django import template
from django.utils import timezone

from bcp_portal.annex import registry
from bcp_portal.annex.access import may_edit_table
from plans.blanks.table_blanks import Answer

register = template.Library()


@register.inclusion_tag("plans/blanks/_blank_answer.html", takes_context=True)
def blank_answer(context: Any, answer: Answer | None) -> dict[str, Any]:
    """Show what was answered for a table: 未調査, until when, by whom."""
    return {
        "answer": answer,
        "overdue": answer is not None and answer.is_overdue(timezone.localdate()),
        "style": context["municipality"].date_style,
    }


@register.simple_tag(takes_context=True)
def may_answer(context: Any, code: str) -> bool:
    """Tell whether the reader may answer for a table: who may edit it."""
    spec = registry.spec(code)
    return spec is not None and may_edit_table(context["request"].membership, spec)


@register.filter
def answer_of(answers: dict[str, Answer], code: str) -> Answer | None:
    """Return the answer of one table among all."""
    return answers.get(code)
