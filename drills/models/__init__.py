"""The models of this room, one module a subject."""

from drills.models.programme import CalendarMark, Drill, DrillIssue

__all__ = ["CalendarMark", "Drill", "DrillIssue"]
