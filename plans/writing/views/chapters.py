"""Writing one chapter, and what happens when two people write the same one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.services import Conflict
from bcp_portal.annex.sheet import Presentation
from bcp_portal.audit.tampering import add_warning
from plans.chapters.models.chapter import Chapter
from plans.chapters.plan_views import ChapterView
from plans.chapters.services import save_chapter
from plans.editions.file_warnings import picture_proofs_of
from plans.glossary.services import explained_words
from plans.phrases.queries import all_keys, load_words
from plans.text.cleaning import images_in
from plans.text.phrase_words import Words
from plans.writing.block_options import block_choices
from plans.writing.forms import ChapterForm, editor_attributes, word_attributes


class ChapterEditView(ChapterView):
    """The text of one chapter with its 記入要領 beside it."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        chapter = self.chapter(uid)
        form = self._form(chapter, initial={"version": chapter.version})
        return self._show(chapter, form)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        chapter = self.chapter(uid)
        form = self._form(self.chapter(uid), data=request.POST)
        if not form.is_valid():
            return self._show(chapter, form, status=422)
        values = form.cleaned_data
        try:
            save_chapter(
                chapter=chapter,
                actor=request.user,
                title=values["title"],
                body=values["body"],
                guidance=values["guidance"],
                expected_version=values["version"],
            )
        except Conflict as conflict:
            return self._show_conflict(conflict.current, form)
        self.forget_draft()
        return self._go_on(chapter)

    def _form(self, chapter: Chapter, **arguments: Any) -> ChapterForm:
        editor = editor_attributes(
            preview_url=self.url("blocks:preview"),
            upload_url=self.url("images:upload"),
            blocks=block_choices(Presentation.load(self.request.municipality)),
        )
        editor |= word_attributes(self._words(), all_keys().values(), explained_words())
        return ChapterForm(
            instance=chapter, image_address=self._image_address, editor=editor, **arguments
        )

    def _words(self) -> Words:
        """Return what phrases say here; names of people stand on the page of the phrase alone."""
        return load_words(self.request.municipality, include_personal=False)

    def _warn_of_pictures(self, chapter: Chapter) -> None:
        for sha256 in images_in(chapter.body):
            if fault := picture_proofs_of(self.request).fault_of(sha256):
                add_warning(self.request, fault)

    def _image_address(self, sha256: str) -> str:
        return self.url("images:show", sha256)

    def _go_on(self, chapter: Chapter) -> HttpResponse:
        """Stay on the page, or open the next chapter when that button was pressed."""
        outline, node = self.place(chapter)
        number = f"{node.full_number} " if node else ""
        messages.success(
            self.request, f"「{number}{node.chapter if node else chapter}」を保存しました。"
        )
        following = outline.beside(node, 1)
        if self.request.POST.get("then") == "next" and following:
            return redirect(self.url("plan:chapter", following.chapter.uid))
        return redirect(self.url("plan:chapter", chapter.uid))

    def _show_conflict(self, current: Chapter, form: ChapterForm) -> HttpResponse:
        """Show both texts side by side; saving again means: mine, knowing theirs."""
        mine = form.cleaned_data
        data: QueryDict = self.request.POST.copy()
        data["version"] = str(current.version)
        renewed = self._form(self.chapter(current.uid), data=data)
        words = self._words()
        conflict = {
            "mine_body": words.put_into(mine["body"]),
            "current_body": words.put_into(current.body),
            "current": current,
            "mine": mine,
            "title_differs": mine["title"] != current.title,
            "guidance_differs": mine["guidance"] != current.guidance,
        }
        return self._show(self.chapter(current.uid), renewed, status=409, conflict=conflict)

    def _show(
        self, chapter: Chapter, form: ChapterForm, *, status: int = 200, conflict: Any = None
    ) -> HttpResponse:
        outline, node = self.place(chapter)
        self._warn_of_pictures(chapter)
        context = {
            "chapter": chapter,
            "node": node,
            "form": form,
            "conflict": conflict,
            "following": outline.beside(node, 1),
            "draft_key": f"chapter:{chapter.uid}",
        }
        return render(self.request, "plans/writing/chapter.html", context, status=status)
