"""What people type about a revision: the draft, a decision, a return, a withdrawal."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from bcp_portal.annex.form_fields import DateTextField
from bcp_portal.spelling.letters import fold
from bcp_portal.ui.clean_text_forms import CleanTextMixin
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.uploads import UploadField
from plans.document.coverage import Coverage
from plans.document.document import Document
from plans.document.revision_kind import RevisionKind
from plans.editions.models.edition import Edition
from plans.revisions.coverable_parts import (
    Choices,
    annex_choices,
    chapter_choices,
    table_choices,
    with_changes,
)
from plans.revisions.decisions import DecisionOrder, RemarkOrder, Wish
from plans.revisions.differences import ANNEX, CHAPTER, COMMON, INPUT_COUNTED, TABLE, Difference
from plans.revisions.draft_services import RevisionOrder
from plans.revisions.models.revision import RemarkPlace, Revision

WHOLE, PARTS = "whole", "parts"
_PARTS = ("chapters", "annexes", "tables", "masters")


class RevisionForm(CleanTextMixin, forms.ModelForm):
    """What a revision is for, of which kind, and which parts it covers."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)
    scope = forms.ChoiceField(
        label="対象",
        choices=[(WHOLE, "計画の全体"), (PARTS, "一部（下で選ぶ）")],
        widget=forms.RadioSelect,
        help_text="一部だけを対象にすると、対象でない部分は発行済みの版のまま引き継がれます。",
    )
    chapters = forms.MultipleChoiceField(
        label="対象とする章", required=False, widget=forms.CheckboxSelectMultiple
    )
    annexes = forms.MultipleChoiceField(
        label="対象とする様式", required=False, widget=forms.CheckboxSelectMultiple
    )
    tables = forms.MultipleChoiceField(
        label="対象とする本文の表",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "様式に属さない表です。章を選ぶと、その章に載せていて前の版から変わった表は、"
            "保存の時に対象に加わります。"
        ),
    )
    masters = forms.BooleanField(
        label="共通の台帳と語句も対象にする",
        required=False,
        help_text=(
            "部署、職員・関係者、差し込み語句、選択肢です。対象にすると、載せている全ての章・様式で"
            "今の内容になります。対象にしないと、全ての章・様式で前の版のままです。"
        ),
    )

    class Meta:
        model = Revision
        fields = ("kind", "reason", "effective_on", "document_number", "kind_reason")
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 4}),
            "kind_reason": forms.Textarea(attrs={"rows": 2}),
        }

    field_order = (
        "scope",
        "chapters",
        "annexes",
        "tables",
        "masters",
        "reason",
        "kind",
        "kind_reason",
        "effective_on",
        "document_number",
    )

    def __init__(
        self,
        *args: Any,
        headings: Document,
        style: DateStyle,
        changed: Sequence[Difference] = (),
        **kwargs: Any,
    ) -> None:
        """Offer the parts of a plan; `changed` is what differs from the edition issued last."""
        super().__init__(*args, **kwargs)
        own = Revision._meta.get_field("effective_on")
        self.fields["effective_on"] = DateTextField(
            label="施行日",
            required=False,
            style=style,
            help_text=str(getattr(own, "help_text", "")),
        )
        self.order_fields(self.field_order)
        tables = {each.name for each in changed if each.kind == TABLE}
        if self.instance.pk:
            tables |= self.instance.coverage.tables
        if changed:
            scope = self.fields["scope"]
            scope.help_text = f"{scope.help_text}{INPUT_COUNTED}"
        for name, kind, choices in (
            ("chapters", CHAPTER, chapter_choices(headings)),
            ("annexes", ANNEX, annex_choices(headings)),
            ("tables", TABLE, table_choices(tables)),
        ):
            self.fields[name].choices = with_changes(choices, kind, changed)  # type: ignore[attr-defined]
        marked = with_changes([("", str(self.fields["masters"].label))], COMMON, changed)
        self.fields["masters"].label = marked[0][1]
        if self.instance.pk and not self.is_bound:
            self._show_coverage(self.instance.coverage)

    def propose(self, kind: RevisionKind) -> None:
        """Begin a new draft with the kind that follows from what changed."""
        self.initial["kind"] = kind
        if kind == RevisionKind.ENACTMENT or not Edition.objects.exists():
            self.initial["scope"] = WHOLE

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("scope") == PARTS and not any(map(data.get, _PARTS)):
            self.add_error(
                "scope", "一部とするときは、対象の章、様式、表、台帳を1つ以上選んでください。"
            )
        return data

    def order(self) -> RevisionOrder:
        """Return what the services take."""
        data = self.cleaned_data
        whole = data["scope"] == WHOLE
        coverage = Coverage(whole=True)
        if not whole:
            coverage = Coverage.of(
                data["chapters"],
                map(int, data["annexes"]),
                data["tables"],
                masters=data["masters"],
            )
        return RevisionOrder(
            kind=data["kind"],
            reason=data["reason"],
            coverage=coverage,
            effective_on=data["effective_on"],
            document_number=data["document_number"],
            kind_reason=data["kind_reason"],
        )

    def _show_coverage(self, coverage: Coverage) -> None:
        self.initial["version"] = self.instance.version
        self.initial["scope"] = WHOLE if coverage.whole else PARTS
        self.initial["chapters"] = sorted(coverage.chapters)
        self.initial["annexes"] = [str(number) for number in sorted(coverage.annexes)]
        self.initial["tables"] = sorted(coverage.tables)
        self.initial["masters"] = coverage.masters


class DecisionSeatForm(CleanTextMixin, forms.Form):
    """From which seat somebody decides, and on which content: what every decision carries."""

    step = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seat = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    absence = forms.CharField(
        label="本人が決められない理由",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例：出張のため。代行として記録され、起案書に印刷されます。",
    )
    code = forms.CharField(
        label="確認コード",
        required=False,
        max_length=40,
        help_text="ほかの団体管理者かシステムの運用者から渡された、一度だけ使えるコードです。",
    )


class AgreeForm(DecisionSeatForm):
    """A check, an approval, a report taken note of, or what is read afterwards."""

    comment = forms.CharField(
        label="意見", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    meeting_on = DateTextField(label="会議の日", required=False, style=DateStyle.WAREKI)
    paper = UploadField(
        label="会議の資料",
        required=False,
        help_text="議事録などを1つのファイルにして添付します（20MBまで）。",
    )

    def ask_for_meeting(self) -> None:
        """Mark what a decision taken at a meeting cannot do without; the service insists on it."""
        for name in ("meeting_on", "paper"):
            self.fields[name].required = True

    def order(self) -> DecisionOrder:
        return DecisionOrder(wish=Wish.AGREE, **self.cleaned_data)


class ReturnForm(DecisionSeatForm):
    """A return as a whole; the remarks on single places come in a form set."""

    comment = forms.CharField(
        label="差戻しの理由（全体）",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="特定の場所についての意見は、下に場所ごとに書けます。",
    )

    def order(self, remarks: tuple[RemarkOrder, ...]) -> DecisionOrder:
        return DecisionOrder(wish=Wish.RETURN, remarks=remarks, **self.cleaned_data)


NOT_SAID_THERE = "「{quote}」は、{label}にありません。場所を選び直すか、言葉を写し直してください。"


class RemarkForm(CleanTextMixin, forms.Form):
    """One place and what is wrong with it; an empty one is ignored."""

    where = forms.ChoiceField(label="場所", required=False)
    quote = forms.CharField(
        label="本文の言葉",
        required=False,
        max_length=500,
        help_text="どの文かが分かるように、選んだ場所の言葉を写します。",
    )
    text = forms.CharField(label="意見", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self,
        *args: Any,
        places: Choices,
        said: Callable[[str], str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`said` returns what the submitted content says at a place, folded; without it nothing is asked."""
        super().__init__(*args, **kwargs)
        self.said = said
        self.fields["where"].choices = [("", "（選んでください）"), *places]  # type: ignore[attr-defined]
        self.labels = dict(places)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("text") and not data.get("where"):
            self.add_error("where", "意見の場所を選んでください。")
        if (data.get("where") or data.get("quote")) and not data.get("text"):
            self.add_error("text", "この場所についての意見を書いてください。")
        where, quote = data.get("where"), data.get("quote")
        if self.said and where and quote and fold(quote) not in self.said(where):
            self.add_error("quote", NOT_SAID_THERE.format(quote=quote, label=self.labels[where]))
        return data

    def order(self) -> RemarkOrder | None:
        """Return the remark; None for a line left empty."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        kind, _, name = data["where"].partition(":")
        label = self.labels[data["where"]]
        if kind == "row":
            code, _, uid = name.partition("/")
            return RemarkOrder(
                RemarkPlace.ROW,
                data["text"],
                quote=data["quote"],
                table_code=code,
                row_uid=uid,
                place_label=label,
            )
        return RemarkOrder(
            RemarkPlace.PASSAGE,
            data["text"],
            anchor=name,
            quote=data["quote"],
            place_label=label,
        )


RemarkFormSet = forms.formset_factory(RemarkForm, extra=3, max_num=50, absolute_max=50)


class WithdrawForm(forms.Form):
    """Whether a revision goes back to its draft or is given up."""

    DRAFT, GIVE_UP = "draft", "give_up"
    end = forms.ChoiceField(
        label="取下げの後",
        choices=[(DRAFT, "下書きに戻して書き直す"), (GIVE_UP, "この改定をやめる")],
        widget=forms.RadioSelect,
    )
