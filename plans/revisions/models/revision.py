"""Proposals to issue a new edition, what was submitted of them, and what was decided on it."""

import uuid

from django.conf import settings
from django.db import models

from bcp_portal.accounts.frozen_records import Frozen, InsertedOnce
from bcp_portal.accounts.models import TenantOwned
from bcp_portal.accounts.private_files import private_storage
from plans.document.coverage import Coverage
from plans.document.revision_kind import RevisionKind
from plans.revisions.frozen_parties import FrozenParties
from plans.revisions.route import Route
from plans.revisions.states import EDITABLE, RevisionState, SubmissionState


class Revision(TenantOwned):
    """One 改定: why a new edition shall be issued, of which parts, and how far that has come."""

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField("改定の番号", editable=False)
    state = models.CharField(
        "状態",
        max_length=20,
        choices=RevisionState.choices,
        default=RevisionState.DRAFT,
        editable=False,
    )
    kind = models.CharField("改定の種類", max_length=20, choices=RevisionKind.choices)
    kind_reason = models.TextField(
        "種類を軽くする理由",
        blank=True,
        help_text="変更の内容から提案された種類より軽い種類を選ぶときに書きます。確認者・承認者に表示されます。",
    )
    reason = models.TextField(
        "改定の理由",
        help_text="なぜ改めるのかを書きます。確認者・承認者に表示され、改定一覧と起案書に印刷されます。",
    )
    coverage_data = models.JSONField("対象", default=dict, editable=False)
    effective_on = models.DateField(
        "施行日",
        null=True,
        blank=True,
        help_text="新しい版が効力を持つ日です。承認の日と違っていてもかまいません。例：令和9年4月1日",
    )
    document_number = models.CharField(
        "文書番号",
        max_length=80,
        blank=True,
        help_text="団体の文書管理で付ける番号です。例：情政第123号",
    )
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="起案者",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    drafter_name = models.CharField("起案者の氏名", max_length=80, editable=False)
    drafter_post = models.CharField("起案者の職", max_length=200, blank=True, editable=False)
    issue_message = models.TextField("版を作れなかった理由", blank=True, editable=False)
    issue_attempt = models.PositiveIntegerField("版の作成の回数", default=0, editable=False)
    issue_started_at = models.DateTimeField("版の作成の開始", null=True, editable=False)
    edition_uid = models.UUIDField("発行した版", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("更新回数", default=1, editable=False)
    created_at = models.DateTimeField("作成日時", auto_now_add=True)
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    class Meta:
        verbose_name = "改定"
        verbose_name_plural = "改定"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="revision_number")
        ]
        indexes = [models.Index(fields=["municipality", "state"], name="revision_state")]

    def __str__(self) -> str:
        return f"改定第{self.number}号（{self.get_kind_display()}）"

    @property
    def coverage(self) -> Coverage:
        return Coverage.from_json(self.coverage_data)

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE


class Contributor(TenantOwned):
    """One human being who had a hand in a revision, and so never checks or approves it.

    Account and person are kept as they were: neither a later change of role nor another account
    of the same person makes somebody else of them.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="contributors")
    user_key = models.BigIntegerField("利用者の番号")
    person_uid = models.UUIDField("職員の識別子")
    name = models.CharField("氏名", max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "user_key", "person_uid"], name="contributor_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Submission(InsertedOnce, TenantOwned):
    """One submit of a revision: its head, its route and the digest of its content, all frozen.

    Only state and closed_at ever change, by close_submission(). digest covers head, route, content
    and who had a hand in it: it is what people decide on. parties_data is empty for a submission of
    a release that did not freeze the people.
    """

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField("提出の回")
    state = models.CharField(
        "状態", max_length=20, choices=SubmissionState.choices, default=SubmissionState.OPEN
    )
    head = models.JSONField("改定の内容", default=dict)
    route_data = models.JSONField("経路", default=list)
    small_office = models.BooleanField("少人数の特例", default=False)
    parties_data = models.JSONField("関わった人", default=dict, blank=True)
    content_sha256 = models.CharField("内容のハッシュ値", max_length=64)
    digest = models.CharField("提出のハッシュ値", max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_by_name = models.CharField("提出者", max_length=80)
    submitted_by_post = models.CharField("提出者の職", max_length=200, blank=True)
    submitted_at = models.DateTimeField("提出日時")
    closed_at = models.DateTimeField("終了日時", null=True)

    class Meta:
        verbose_name = "提出"
        verbose_name_plural = "提出"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "number"], name="submission_number"),
            models.UniqueConstraint(
                fields=["revision"],
                condition=models.Q(state=SubmissionState.OPEN),
                name="one_open_submission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} 第{self.number}回の提出"

    @property
    def route(self) -> Route:
        return Route.from_json(self.route_data)

    @property
    def parties(self) -> FrozenParties | None:
        return FrozenParties.from_json(self.parties_data)


class SubmittedContent(Frozen):
    """What was submitted: the document as it would be printed, and the raw rows behind it."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="content")
    document = models.JSONField("文書")
    rows = models.JSONField("行")

    def __str__(self) -> str:
        return str(self.submission)


class Verdict(models.TextChoices):
    CHECKED = "checked", "確認"
    APPROVED = "approved", "承認"
    NOTED = "noted", "報告を受けた"
    RETURNED = "returned", "差戻し"
    REVIEWED_AFTER = "reviewed_after", "後閲"


def paper_path(decision: "Decision", name: str) -> str:
    """Return the place of the paper of a meeting in the file store."""
    return f"meetings/{decision.municipality.code}/{decision.uid}"


class Decision(Frozen):
    """What one person decided on one submission, with the name and post they had then.

    slot is what only one decision can fill: a step of which one is enough, else one seat of it.
    """

    uid = models.UUIDField("識別子", default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    step_number = models.PositiveIntegerField("段階")
    seat_number = models.PositiveIntegerField("席")
    slot = models.CharField(max_length=20)
    verdict = models.CharField("決定", max_length=20, choices=Verdict.choices)
    digest = models.CharField("提出のハッシュ値", max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_key = models.BigIntegerField("利用者の番号")
    person_uid = models.UUIDField("職員の識別子")
    name = models.CharField("氏名", max_length=80)
    post = models.CharField("職", max_length=200, blank=True)
    on_behalf_of = models.CharField("代行される人", max_length=200, blank=True)
    absence = models.TextField("代行の理由", blank=True)
    small_office = models.BooleanField("少人数の特例による", default=False)
    circumstances = models.TextField("決定に添える事実", blank=True)
    comment = models.TextField("意見", blank=True)
    meeting_body = models.CharField("会議の名称", max_length=120, blank=True)
    meeting_on = models.DateField("会議の日", null=True)
    paper = models.FileField(
        "会議の資料", upload_to=paper_path, storage=private_storage, blank=True
    )
    paper_name = models.CharField("資料の名前", max_length=1000, blank=True)
    paper_sha256 = models.CharField("資料のハッシュ値", max_length=64, blank=True)
    at = models.DateTimeField("日時")

    class Meta:
        verbose_name = "決定"
        verbose_name_plural = "決定"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "slot"], name="one_decision_a_slot")
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.post} {self.name}"


class RemarkPlace(models.TextChoices):
    WHOLE = "whole", "全体"
    PASSAGE = "passage", "本文"
    ROW = "row", "様式の行"


class ReturnRemark(Frozen):
    """One thing that has to be mended before a returned revision is submitted again.

    A passage is found by the anchor of its chapter and the words quoted; a row by table and uid.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="remarks")
    place = models.CharField("場所の種類", max_length=10, choices=RemarkPlace.choices)
    anchor = models.CharField("章・節", max_length=80, blank=True)
    quote = models.TextField("本文の言葉", blank=True)
    table_code = models.CharField("表", max_length=40, blank=True)
    row_uid = models.CharField("行の識別子", max_length=64, blank=True)
    place_label = models.CharField("場所", max_length=300, blank=True)
    text = models.TextField("意見")

    class Meta:
        verbose_name = "差戻しの意見"
        verbose_name_plural = "差戻しの意見"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.place_label or self.get_place_display()
