"""The forms in which a person chooses what is printed beside the plan, and how."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from bcp_portal.accounts.models import Department, Person
from bcp_portal.ui.text import RefusedCharacterError, clean_text
from plans.leaflets.blank_forms import FORMS, MOST_SHEETS
from plans.prints.models import PrintChoices
from plans.summary.document import Audience
from systems.models import Site

FIRST_STEPS = (
    "勤務中：身を守り、周りの人を助け、持ち場の安全を確かめる。",
    "夜間・休日：自分と家族の無事を確かめ、安否を報告してから参集する。",
)
SAFETY_WORDS = ("自分と家族の無事", "けがの有無", "今いる場所", "参集できる時刻")
_MOST_LINES, _LONGEST_LINE = 6, 60


class LinesField(forms.CharField):
    """Several short lines of text; becomes a list of them."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        """Return the lines, or an error that names the line."""
        text = super().clean(value)
        try:
            lines = [line.strip() for line in clean_text(text).splitlines() if line.strip()]
        except RefusedCharacterError as error:
            raise forms.ValidationError(str(error)) from None
        if len(lines) > _MOST_LINES:
            raise forms.ValidationError(
                f"「{self.label}」は{_MOST_LINES}行以内で入力してください（今は{len(lines)}行）。"
            )
        for number, line in enumerate(lines, start=1):
            if len(line) > _LONGEST_LINE:
                raise forms.ValidationError(
                    f"「{self.label}」の{number}行目が{len(line)}文字あります。"
                    f"{_LONGEST_LINE}文字以内にしてください。"
                )
        return lines


class LeafletForm(forms.Form):
    """What every form of this page says to the services of printing."""

    with_personal = False

    def options(self) -> dict[str, Any]:
        """Return the choices of a valid form as plain data."""
        return dict(self.cleaned_data)


class CardForm(LeafletForm):
    """For whom cards are made, and the words on them that no table holds."""

    with_personal = True

    whom = forms.ChoiceField(
        label="カードを作る人",
        choices=(
            ("roles", "様式8で役割のある人全員（代行者を含む）"),
            ("departments", "次の部署の、役割のある人"),
            ("people", "次に選ぶ人"),
        ),
        initial="roles",
        widget=forms.RadioSelect,
    )
    departments = forms.MultipleChoiceField(
        label="部署", required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.MultipleChoiceField(
        label="職員・関係者", required=False, widget=forms.CheckboxSelectMultiple
    )
    first_steps = LinesField(
        label="はじめにすること",
        required=False,
        help_text="カードの表に、1行に1つずつ印刷します。勤務中と夜間・休日で違うことを書きます。",
    )
    safety_words = LinesField(
        label="安否の報告で伝えること",
        required=False,
        help_text="1行に1つずつ書きます。短い言葉にすると、電話で迷いません。",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: Iterable[Person],
        departments: Iterable[Department],
        last: PrintChoices | None,
    ) -> None:
        options = last.options if last else {}
        super().__init__(data, initial=_card_initial(options))
        _choices(self, "people").choices = [(str(p.uid), _person_label(p)) for p in people]
        _choices(self, "departments").choices = [(str(d.uid), d.name) for d in departments]
        for name in ("first_steps", "safety_words"):
            self.fields[name].widget.attrs["rows"] = 4

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        whom = cleaned.get("whom")
        if whom == "roles" and (cleaned.get("departments") or cleaned.get("people")):
            self.add_error(
                "whom",
                "部署や職員を選んだときは、「次の部署の、役割のある人」か「次に選ぶ人」を選んでください。",
            )
        if whom == "departments" and not cleaned.get("departments"):
            self.add_error("departments", "部署を1つ以上選んでください。")
        if whom == "people" and not cleaned.get("people"):
            self.add_error("people", "カードを作る人を1人以上選んでください。")
        return cleaned

    def options(self) -> dict[str, Any]:
        """Return the choices; what does not belong to the chosen way is left out."""
        cleaned = self.cleaned_data
        chosen = {name: cleaned[name] for name in ("departments", "people")}
        return {
            "whom": cleaned["whom"],
            **{name: chosen[name] if name == cleaned["whom"] else [] for name in chosen},
            "first_steps": cleaned["first_steps"],
            "safety_words": cleaned["safety_words"],
        }


class BlankFormsForm(LeafletForm):
    """Which forms to be filled in by hand, and how much room on them."""

    annexes = forms.MultipleChoiceField(
        label="様式",
        choices=[(number, f"様式{number} {title}") for number, title in FORMS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "印刷する様式を1つ以上選んでください。"},
        help_text="様式11と様式19には、登録してある確認項目・点検項目を印刷します。",
    )
    site = forms.ChoiceField(
        label="庁舎（建物）",
        required=False,
        help_text="選ぶと、その建物の項目と、場所を決めていない項目だけを印刷します（様式11と様式19）。",
    )
    row_height = forms.ChoiceField(
        label="行の高さ",
        choices=(("usual", "ふつう"), ("tall", "高く（手袋のまま、立ったまま書くとき）")),
        widget=forms.RadioSelect,
    )
    sheets_9 = forms.IntegerField(
        label="様式9の枚数",
        min_value=1,
        max_value=MOST_SHEETS,
        help_text="1枚に8行（高くすると6行）です。",
    )
    extra_11 = forms.IntegerField(
        label="様式11に加える空白の用紙",
        min_value=0,
        max_value=MOST_SHEETS,
        help_text="項目を印刷した用紙の後ろに、何も書いていない行だけの用紙を加えます。",
    )
    extra_19 = forms.IntegerField(
        label="様式19に加える空白の用紙", min_value=0, max_value=MOST_SHEETS
    )

    def __init__(
        self,
        data: Any = None,
        *,
        titles: Mapping[str, str],
        sites: Iterable[Site],
        last: PrintChoices | None,
    ) -> None:
        first = {"annexes": list(FORMS), "row_height": "usual", "sheets_9": 1}
        initial = {**first, "extra_11": 0, "extra_19": 0, **(last.options if last else {})}
        super().__init__(data, initial=initial)
        _choices(self, "annexes").choices = list(titles.items())
        buildings = [(str(site.uid), site.name) for site in sites]
        cast(Any, self.fields["site"]).choices = [("", "すべての建物"), *buildings]


class SummaryForm(LeafletForm):
    """For whom the summary is made; what it says is made of what is registered."""

    audience = forms.ChoiceField(
        label="読む人",
        choices=[
            (Audience.PUBLIC, "公開用：公開版と同じく、公開すると決めた表・行・項目だけを載せる"),
            (Audience.OFFICE, "庁内用：個人の氏名と電話番号のほかは全て載せる（公開しない）"),
        ],
        initial=Audience.PUBLIC,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "公開用か庁内用のどちらかを選んでください。"},
    )


def _choices(form: forms.Form, name: str) -> forms.MultipleChoiceField:
    return cast(forms.MultipleChoiceField, form.fields[name])


def _person_label(person: Person) -> str:
    where = " ".join(filter(None, (str(person.department or ""), person.post)))
    return f"{person.name}（{where}）" if where else person.name


def _card_initial(options: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "whom": options.get("whom", "roles"),
        "departments": options.get("departments", []),
        "people": options.get("people", []),
        "first_steps": "\n".join(options.get("first_steps", FIRST_STEPS)),
        "safety_words": "\n".join(options.get("safety_words", SAFETY_WORDS)),
    }
