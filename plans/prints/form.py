"""The form in which a person chooses what of the plan is printed, and how."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.forms import BoundField

from plans.editions.models.edition_setting import PageNumbering
from plans.printing.options import Binding, PrintOptions
from plans.prints.models import PrintChoices
from plans.prints.parts import PrintableParts

CHOOSE_SOMETHING = "印刷する章か様式を1つ以上選んでください。"

_BINDINGS = (
    (Binding.NONE, "綴じない（左右の余白は同じ）"),
    (Binding.SINGLE, "片面に印刷し、左を綴じる"),
    (Binding.DOUBLE, "両面に印刷し、左を綴じる（余白は表と裏で入れ替わる）"),
)
_FIELDSETS = (
    ("紙と綴じ方", ("binding", "new_sheets", "index_tabs")),
    ("文字の大きさと「案」の表示", ("large_print", "draft_mark")),
    ("ページ番号と内容", ("numbering", "with_personal", "tagged")),
)
_SWITCHES = ("new_sheets", "index_tabs", "large_print", "draft_mark", "tagged")
# What the working copy is printed with until a person has chosen.
FIRST_CHOICES = PrintOptions(draft_mark=True)


class PrintForm(forms.Form):
    """What a person decides before printing."""

    chapters = forms.MultipleChoiceField(
        label="本文", required=False, widget=forms.CheckboxSelectMultiple
    )
    annexes = forms.MultipleChoiceField(
        label="様式", required=False, widget=forms.CheckboxSelectMultiple
    )
    binding = forms.ChoiceField(label="綴じ方", choices=_BINDINGS, widget=forms.RadioSelect)
    new_sheets = forms.BooleanField(
        label="章と様式を新しい紙から始める",
        required=False,
        help_text="両面のとき、必要な所に余白のページを入れます。余白のページも番号に数えます。",
    )
    index_tabs = forms.BooleanField(
        label="見出し（インデックス）を紙の端に付ける",
        required=False,
        help_text="章と様式ごとに位置をずらします。横向きのページは、上を左にして綴じてください。",
    )
    large_print = forms.BooleanField(
        label="大きな文字で印刷する",
        required=False,
        help_text="A4のまま、文字を1.35倍にします。ページが増えます。",
    )
    draft_mark = forms.BooleanField(
        label="「案」を各ページに大きく入れる",
        required=False,
        help_text="作業中の計画であることが、写しを受け取った人にも分かります。",
    )
    numbering = forms.ChoiceField(
        label="ページ番号",
        choices=PageNumbering.choices,
        widget=forms.RadioSelect,
        help_text="差し替えながら綴じるときは「章・様式ごと」が便利です。",
    )
    with_personal = forms.BooleanField(
        label="個人の電話番号等を含める",
        required=False,
        help_text="本棚に置く原本には必要です。含めたことは操作記録に残ります。",
    )
    tagged = forms.BooleanField(
        label="読み上げソフト向けの構造を付ける（PDF/UA）",
        required=False,
        help_text="画面を読み上げて使う人に渡すときに選びます。作成に時間がかかります。",
    )

    def __init__(
        self,
        data: object = None,
        *,
        parts: PrintableParts,
        last: PrintChoices | None,
        may_see_personal: bool,
    ) -> None:
        self.parts = parts
        super().__init__(data, initial=_initial(parts, last))  # type: ignore[arg-type]
        _field(self, "chapters").choices = parts.chapters
        _field(self, "annexes").choices = parts.annexes
        if not may_see_personal:
            del self.fields["with_personal"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        answered = "chapters" in cleaned and "annexes" in cleaned
        if answered and not (cleaned["chapters"] or cleaned["annexes"]):
            self.add_error("chapters", CHOOSE_SOMETHING)
        return cleaned

    def options(self) -> PrintOptions:
        """Return the choices of a valid form; all parts chosen are no choice of parts."""
        cleaned = self.cleaned_data
        picked = {*cleaned["chapters"], *cleaned["annexes"]}
        anchors = tuple(anchor for anchor in self.parts.anchors if anchor in picked)
        return PrintOptions(
            binding=Binding(cleaned["binding"]),
            parts=() if len(anchors) == len(self.parts.anchors) else anchors,
            **{name: cleaned[name] for name in _SWITCHES},
        )

    def order(self) -> dict[str, Any]:
        """Return everything the services of printing ask for."""
        return {
            "options": self.options().to_json(),
            "with_personal": bool(self.cleaned_data.get("with_personal")),
            "numbering": self.cleaned_data["numbering"],
        }

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield each fieldset below the parts: its legend and its fields."""
        for legend, names in _FIELDSETS:
            yield legend, [self[name] for name in names if name in self.fields]


def _field(form: forms.Form, name: str) -> forms.MultipleChoiceField:
    return cast(forms.MultipleChoiceField, form.fields[name])


def _initial(parts: PrintableParts, last: PrintChoices | None) -> Mapping[str, Any]:
    """Return what the person chose last; parts that no longer exist are left out."""
    options = PrintOptions.from_json(last.options) if last else FIRST_CHOICES
    known = [anchor for anchor in parts.anchors if anchor in options.parts] or parts.anchors
    return {
        "chapters": [anchor for anchor, _ in parts.chapters if anchor in known],
        "annexes": [anchor for anchor, _ in parts.annexes if anchor in known],
        "binding": options.binding,
        "numbering": last.numbering if last else PageNumbering.WHOLE,
        "with_personal": last.with_personal if last else True,
        **{name: getattr(options, name) for name in _SWITCHES},
    }
