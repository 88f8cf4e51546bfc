"""The phrases a plan leaves open: all of them with their places, and setting one."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.ui.errors import DomainError
from plans.chapters.models.plan import Plan
from plans.chapters.plan_views import PlanView
from plans.chapters.queries import load_outline
from plans.editions.personal_rows import phrase_row
from plans.phrases.forms import CHOICES_ID, PhraseForm
from plans.phrases.lines import PhraseLine, missing_count, next_missing, phrase_lines
from plans.phrases.models import OwnPlaceholder, PlaceholderValue
from plans.phrases.placeholders import PlaceholderUses, uses_of
from plans.phrases.queries import all_keys, choices_for, load_words, system_names
from plans.phrases.services import (
    add_own_placeholder,
    change_own_placeholder,
    remove_own_placeholder,
    set_placeholder,
)
from plans.text.inline_marks import PlaceholderUse
from plans.text.phrase_keys import PlaceholderKey, PlaceholderKind
from plans.text.phrase_values import printed_value
from plans.writing.forms import OwnPhraseForm
from systems.models import SystemItem


class PhraseView(PlanView):
    """What the pages of the phrases share; they work before there is a plan."""

    def lines(self) -> list[PhraseLine]:
        words = load_words(self.request.municipality, include_personal=False)
        own = frozenset(OwnPlaceholder.objects.values_list("key", flat=True))
        return phrase_lines(all_keys(), own, words, uses_of(load_outline(Plan.objects.first())))

    def phrase_url(self, use: PlaceholderUse) -> str:
        query = {"key": use.key, **({"system": use.system} if use.system else {})}
        return f"{self.url('plan:phrase')}?{urlencode(query)}"


class PhrasesView(PhraseView):
    """Every phrase with its value; with ?show=missing only those that texts wait for."""

    def get(self, request: MemberRequest) -> HttpResponse:
        lines = self.lines()
        only_missing = request.GET.get("show") == "missing"
        shown = [line for line in lines if line.is_missing or not only_missing]
        context = {
            "lines": [(line, self.phrase_url(line.use)) for line in shown],
            "missing": missing_count(lines),
            "missing_phrases": sum(line.is_missing for line in lines),
            "only_missing": only_missing,
            "may_edit": self.may_edit,
        }
        return render(request, "plans/writing/phrases.html", context)


@dataclass(frozen=True)
class EditedPhrase:
    """The phrase of one page, and the system whose phrase it is."""

    phrase: PlaceholderKey
    system: SystemItem | None

    @property
    def use(self) -> PlaceholderUse:
        return PlaceholderUse(self.phrase.key, str(self.system.uid) if self.system else "")

    @property
    def label(self) -> str:
        return f"{self.system.name}の{self.phrase.label}" if self.system else self.phrase.label


class PhraseEditView(PhraseView):
    """Set one phrase: everywhere, or of one information system."""

    permission = Permission.EDIT_CHAPTERS

    @cached_property
    def target(self) -> EditedPhrase:
        phrase = all_keys().get(self.request.GET.get("key", ""))
        if phrase is None or not phrase.can_be_set:
            raise Http404
        uid = self.request.GET.get("system", "")
        if not uid:
            return EditedPhrase(phrase, None)
        try:
            return EditedPhrase(phrase, get_object_or_404(SystemItem, uid=UUID(uid)))
        except ValueError as error:
            raise Http404 from error

    def get(self, request: MemberRequest) -> HttpResponse:
        row = PlaceholderValue.objects.filter(
            key=self.target.phrase.key, system=self.target.system
        ).first()
        self._note_showing(row)
        initial = {"value": self._printed(row), "version": row.version if row else 0}
        return self._show(self._form(initial=initial))

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self._form(data=request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            set_placeholder(
                municipality=request.municipality,
                actor=request.user,
                phrase=self.target.phrase,
                system=self.target.system,
                typed=form.cleaned_data["value"],
                expected_version=form.cleaned_data["version"],
            )
        except Conflict as conflict:
            return self._show_conflict(conflict.current)
        self.forget_draft()
        messages.success(request, f"「{self.target.label}」を保存しました。")
        following = next_missing(self.lines(), self.target.use)
        if request.POST.get("then") == "next" and following:
            return redirect(self.phrase_url(following.use))
        return redirect(self.url("plan:phrases"))

    def _note_showing(self, row: PlaceholderValue | None) -> None:
        """Write into the log that the name behind a phrase of a person is shown."""
        if row and row.value and self.target.phrase.kind is PlaceholderKind.PERSON:
            shown = [phrase_row(self.target.use.key, self.target.use.system)]
            way = f"差し込み語句「{self.target.label}」の画面"
            note_showing(self.request, shown, way=way)

    def _printed(self, row: PlaceholderValue | None) -> str:
        style = self.request.municipality.date_style
        return printed_value(self.target.phrase, row.value, style) if row else ""

    def _form(self, **arguments: object) -> PhraseForm:
        return PhraseForm(
            phrase=self.target.phrase,
            has_choices=bool(self.choices),
            **arguments,
        )

    @cached_property
    def choices(self) -> list[str]:
        return choices_for(self.target.phrase)

    def _show_conflict(self, current: PlaceholderValue | None) -> HttpResponse:
        self._note_showing(current)
        data = self.request.POST.copy()
        data["version"] = str(current.version if current else 0)
        theirs = self._printed(current) or "（空欄）"
        return self._show(self._form(data=data), status=409, theirs=theirs)

    def _show(self, form: PhraseForm, *, status: int = 200, theirs: str = "") -> HttpResponse:
        target = self.target
        lines = self.lines()
        uses = next((line.uses for line in lines if line.use == target.use), None)
        context = {
            "target": target,
            "form": form,
            "choices": self.choices,
            "choices_id": CHOICES_ID,
            "theirs": theirs,
            "uses": uses or PlaceholderUses(target.use),
            "following": next_missing(lines, target.use),
            "systems": system_names() if target.phrase.by_system and not target.system else {},
            "draft_key": f"phrase:{target.use.key}:{target.use.system}",
        }
        return render(self.request, "plans/writing/phrase.html", context, status=status)


class OwnPhraseView(PhraseView):
    """Add a phrase of the municipality's own, or with ?key= rename or remove one."""

    permission = Permission.EDIT_CHAPTERS

    @cached_property
    def placeholder(self) -> OwnPlaceholder | None:
        key = self.request.GET.get("key", "")
        return get_object_or_404(OwnPlaceholder, key=key) if key else None

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(OwnPhraseForm(instance=self.placeholder))

    def post(self, request: MemberRequest) -> HttpResponse:
        if self.placeholder and request.POST.get("remove"):
            return self._remove(self.placeholder)
        form = OwnPhraseForm(request.POST, instance=self._copy())
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            saved = self._save(form)
        except DomainError as error:
            form.add_error("label", error.message)
            return self._show(form, status=422)
        messages.success(request, f"差し込み語句「{saved}」を保存しました。")
        return redirect(self.phrase_url(PlaceholderUse(saved.key)))

    def _copy(self) -> OwnPlaceholder | None:
        """Return the row for the form to write into, apart from the one that names the page."""
        return OwnPlaceholder.objects.get(pk=self.placeholder.pk) if self.placeholder else None

    def _save(self, form: OwnPhraseForm) -> OwnPlaceholder:
        values = {name: form.cleaned_data[name] for name in ("label", "kind", "help")}
        if self.placeholder:
            return change_own_placeholder(
                placeholder=self.placeholder, actor=self.request.user, **values
            )
        return add_own_placeholder(
            municipality=self.request.municipality, actor=self.request.user, **values
        )

    def _remove(self, placeholder: OwnPlaceholder) -> HttpResponse:
        remove_own_placeholder(placeholder=placeholder, actor=self.request.user)
        messages.success(self.request, f"差し込み語句「{placeholder}」を取り除きました。")
        return redirect(self.url("plan:phrases"))

    def _show(self, form: OwnPhraseForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "placeholder": self.placeholder}
        return render(self.request, "plans/writing/phrase_own.html", context, status=status)
