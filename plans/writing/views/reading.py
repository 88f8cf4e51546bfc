"""Reading one chapter as it would be printed, with its live tables."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry
from bcp_portal.annex.sheet import Presentation
from plans.chapters.plan_views import ChapterView
from plans.document.document import Section, TextBlock
from plans.text.cross_references import annex_anchor, with_link_addresses
from plans.text.outline import CHAPTER_ANCHOR, Outline
from plans.working_copy.builder import ChapterBuilder
from plans.working_copy.table_source import TableSource


class ChapterReadView(ChapterView):
    """One chapter with everything below it; a removed one leads to the list of those."""

    permission = Permission.READ_PLAN

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        chapter = self.chapter(uid)
        outline, node = self.place(chapter)
        if node is None:
            return redirect(self.url("plan:removed"))
        source = TableSource(Presentation.load(request.municipality), include_personal=False)
        context = {
            "node": node,
            "section": self._with_page_links(self._builder(outline, source).section(node)),
            "may_edit": self.may_edit,
            "previous": outline.beside(node, -1),
            "following": outline.beside(node, 1),
        }
        return render(request, "plans/writing/read.html", context)

    def _builder(self, outline: Outline, source: TableSource) -> ChapterBuilder:
        return ChapterBuilder(outline, source, [annex.number for annex in registry.annexes()])

    def _with_page_links(self, section: Section) -> Section:
        """Lead to the pages of annexes and other chapters, which do not stand on this page."""
        addresses = {
            annex_anchor(spec.number): self.url("annex:list", spec.code)
            for spec in reversed(registry.specs())
            if spec.number
        }
        here = {part.anchor for part in section.walk()}

        def address_of(anchor: str) -> str | None:
            if anchor in here:
                return None
            if anchor.startswith(CHAPTER_ANCHOR):
                return self.url("plan:read", anchor.removeprefix(CHAPTER_ANCHOR))
            return addresses.get(anchor)

        return _relinked(section, address_of)


def _relinked(section: Section, address_of: Callable[[str], str | None]) -> Section:
    blocks = tuple(
        TextBlock(with_link_addresses(block.html, address_of))
        if isinstance(block, TextBlock)
        else block
        for block in section.blocks
    )
    children = tuple(_relinked(child, address_of) for child in section.children)
    return replace(section, blocks=blocks, children=children)
