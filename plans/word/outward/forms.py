"""The forms in which a person asks for a Word file, and gives the town's own one."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from bcp_portal.ui.uploads import UploadField
from plans.editions.models.edition_setting import PageNumbering
from plans.prints.models import PrintChoices
from plans.word.outward.product import WORD_PLAN

Choices = list[tuple[str, str]]


class WordForm(forms.Form):
    """Which plan becomes a Word file, and how."""

    source = forms.ChoiceField(label="もとにする内容")
    own_template = forms.BooleanField(
        label="団体のひな形に書き込む",
        required=False,
        help_text="ひな形の表紙、ページの上下の文字、書式を使います。",
    )
    update_fields = forms.BooleanField(
        label="Wordで開くときに、目次のページ番号を入れる",
        required=False,
        help_text="ページ番号は、ページを組むWordにしか分かりません。開くときに「フィールドを更新しますか」と"
        "たずねるので、「はい」を選んでください。後から入れるときは、目次を右クリックして「フィールド更新」を選びます。",
    )
    with_personal = forms.BooleanField(
        label="個人の電話番号等を含める",
        required=False,
        help_text="含めたことは操作記録に残ります。Wordファイルは、だれでも書き換えられます。",
    )

    def __init__(
        self,
        data: object = None,
        *,
        sources: Choices,
        has_template: bool,
        last: PrintChoices | None,
        may_see_personal: bool,
    ) -> None:
        super().__init__(data, initial=_initial(last, has_template))  # type: ignore[arg-type]
        cast(forms.ChoiceField, self.fields["source"]).choices = sources
        if not has_template:
            del self.fields["own_template"]
        if not may_see_personal:
            del self.fields["with_personal"]

    def order(self) -> dict[str, Any]:
        """Return everything the services of printing ask for."""
        cleaned = self.cleaned_data
        return {
            "product": WORD_PLAN,
            "options": {
                "source": cleaned["source"],
                "own_template": bool(cleaned.get("own_template")),
                "update_fields": cleaned["update_fields"],
            },
            "with_personal": bool(cleaned.get("with_personal")),
            "numbering": PageNumbering.WHOLE,
        }


class TemplateForm(forms.Form):
    """The town's own Word file."""

    file = UploadField(
        label="Wordファイル（.docx、.dotx）",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.dotx"}),
        error_messages={
            "required": "ひな形にするWordファイルを選んでください。",
            "empty": "選んだファイルには何も書かれていません。",
        },
        help_text="10MBまで。マクロを含むもの（.docm、.dotm）と、パスワードのあるものは使えません。",
    )


def _initial(last: PrintChoices | None, has_template: bool) -> Mapping[str, Any]:
    chosen = last.options if last else {}
    return {
        "own_template": chosen.get("own_template", has_template),
        "update_fields": chosen.get("update_fields", True),
    }
