"""The first page of a municipality: what is in force, what is being written, what is due."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bcp_portal.accounts.due_items import due_items
from bcp_portal.accounts.permissions import Permission, requires
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.sheet import Presentation
from bcp_portal.audit.tampering import show_warning
from bcp_portal.members.notices import open_notices
from bcp_portal.retention.proposals import open_proposals, recent_disposals
from plans.bookshelf.register import outdated_count
from plans.chapters.models.plan import Plan
from plans.edition_pages.readings import last_read, reading_of
from plans.editions.file_proofs import pdf_faults
from plans.editions.queries import Standing, edition_of, editions_today
from plans.home.kept_progress import kept_progress
from plans.home.progress import State
from plans.home.progress_queries import progress_of_chapters
from plans.revisions.alerts import alerts_for
from plans.revisions.situations import returned_revisions, waiting_for
from plans.writing.views.outlines import outline_of_plan

SHOWN = 8


@requires(Permission.READ_PLAN)
def home(request: MemberRequest) -> HttpResponse:
    """Show where the plan stands and what to do next."""
    municipality = request.municipality
    plan = Plan.objects.first()
    presentation = Presentation.load(municipality)
    chapters = progress_of_chapters(plan, municipality)
    annexes = kept_progress(presentation, plan.annex_numbers if plan else None)
    outline = outline_of_plan(plan)
    notices = open_notices(request.user)
    today = timezone.localdate()
    editions = editions_today()
    due = [(item, item.is_overdue(today)) for item in due_items(municipality, today)]
    empty_places = [node for chapter in chapters for node in chapter.empty]
    unfinished = [annex for annex in annexes if annex.state is not State.DONE]
    in_force = edition_of(editions, Standing.IN_FORCE)
    if in_force:
        in_force.municipality = municipality
        show_warning(request, in_force, "".join(pdf_faults(in_force, ("masked_pdf",))))
    context = {
        "edition_in_force": in_force,
        "last_read": last_read(reading_of(request.user), in_force) if in_force else None,
        "outdated_copies": outdated_count(in_force),
        "editions_awaited": [e.edition for e in editions if e.standing is Standing.AWAITED],
        "plan": plan,
        "may_edit": request.membership.may(Permission.EDIT_CHAPTERS),
        "written": sum(chapter.written for chapter in chapters),
        "as_offered": sum(chapter.as_offered for chapter in chapters),
        "places": sum(chapter.places for chapter in chapters),
        "done_annexes": len(annexes) - len(unfinished),
        "annex_count": len(annexes),
        "empty_places": empty_places[:SHOWN],
        "more_places": max(0, len(empty_places) - SHOWN),
        "unfinished": unfinished[:SHOWN],
        "more_annexes": max(0, len(unfinished) - SHOWN),
        "due": due,
        "waiting": waiting_for(request.membership),
        "alerts": alerts_for(request.membership),
        "notices": notices,
        "last_notice": notices[-1].pk if notices else 0,
        "disposal_proposals": open_proposals(request.membership),
        "disposals": recent_disposals(request.membership),
        "returned": returned_revisions(request.membership),
        "has_guide": bool(outline and outline.steps),
        "date_style": presentation.date_style,
    }
    return render(request, "plans/home/home.html", context)
