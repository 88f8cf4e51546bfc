"""What somebody says before everything is taken out."""

from django import forms

from bcp_portal.ui.text_fields import CleanTextField


class ArchiveForm(forms.Form):
    """Why an archive is made; the log keeps it."""

    reason = CleanTextField(
        label="作る理由",
        max_length=200,
        help_text="操作記録に残ります。例：四半期ごとの控え、別の環境への移行",
        error_messages={"required": "作る理由を入力してください。理由は操作記録に残ります。"},
    )
