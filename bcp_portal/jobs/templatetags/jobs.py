"""Says on pages of jobs what this installation has set."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def job_days() -> int:
    """Return for how many days what a job made is kept."""
    return int(settings.JOB_DAYS)
