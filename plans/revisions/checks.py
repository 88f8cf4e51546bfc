"""What a revision asks before it is submitted: what it says of itself, and who could decide it."""

from collections.abc import Iterator
from dataclasses import replace

from bcp_portal.accounts.permissions import Permission
from bcp_portal.checks.findings import Finding, Where, refused_by
from bcp_portal.checks.registry import Ask, Check, Moment
from plans.document.revision_kind import RevisionKind, is_lowered
from plans.editions.queries import latest_edition
from plans.revisions.content_to_submit import ContentToSubmit
from plans.revisions.people import require_person
from plans.revisions.revision_proof import require_setting_unaltered

ROUTES = Where(
    "承認の経路を見る",
    "revisions:routes",
    permission=Permission.MANAGE_ROUTES,
    otherwise="団体管理者に設定を依頼してください。",
)
NOT_LOWER = "提案された種類（{proposed}）より軽い種類にするときは、その理由を書いてください。"
FIRST_HERE_IS_WHOLE = (
    "このシステムで発行する最初の版は、計画の全体を対象にしてください。"
    "引き継ぐ版がないため、一部だけでは計画になりません。"
)
FIRST_IS_WHOLE = "最初の版は「策定」として、計画の全体を対象にしてください。"


def has_reason(asked: ContentToSubmit) -> Iterator[Finding]:
    """Yield that nobody wrote why."""
    if not asked.revision.reason.strip():
        yield Finding("改定の理由を書いてから提出してください。", asked.own_page)


def has_day(asked: ContentToSubmit) -> Iterator[Finding]:
    """Yield that nobody said from which day it is the plan."""
    if asked.effective_on is None:
        yield Finding("施行日を決めてから提出してください。", asked.own_page)


def settings_are_as_written(_asked: object) -> Iterator[Finding]:
    """Yield that settings of approval, or who the members are, were rewritten behind the log."""
    yield from refused_by(require_setting_unaltered, replace(ROUTES, otherwise=""))


def parts_are_printed(asked: ContentToSubmit) -> Iterator[Finding]:
    """Yield the chosen 様式 that are not printed, and so in no edition."""
    coverage = asked.revision.coverage
    missing = coverage.missing_from(asked.document)
    if missing.annexes and not coverage.whole:
        numbers = "、".join(f"様式{number}" for number in sorted(missing.annexes))
        yield Finding(
            f"{numbers}は印刷しない設定のため、対象にできません。対象から外すか、設定を変えてください。",
            asked.own_page,
        )


def kind_fits(asked: ContentToSubmit) -> Iterator[Finding]:
    """Yield that the kind is none for a first edition, or lighter than proposed without a reason."""
    sentence = _wrong_kind(asked)
    if sentence:
        yield Finding(sentence, asked.own_page)


def submitter_is_known(asked: ContentToSubmit) -> Iterator[Finding]:
    """Yield that nobody could say later who submitted it."""
    yield from refused_by(lambda: require_person(asked.membership))


def route_can_be_walked(asked: ContentToSubmit) -> Iterator[Finding]:
    """Yield that it has no route, or each step that nobody but who had a hand in it could decide."""
    yield from refused_by(lambda: asked.route, ROUTES)


def _wrong_kind(asked: ContentToSubmit) -> str:
    revision, proposal = asked.revision, asked.prospect.proposal
    whole = revision.coverage.whole
    first = proposal.kind is RevisionKind.ENACTMENT
    if first and not (revision.kind == RevisionKind.ENACTMENT and whole):
        return FIRST_IS_WHOLE
    if not whole and latest_edition() is None:
        return FIRST_HERE_IS_WHOLE
    if is_lowered(revision.kind, proposal.kind) and not revision.kind_reason.strip():
        return NOT_LOWER.format(proposed=proposal.kind.label)
    return ""


def _check(subject: str, title: str, ask: Ask) -> Check:
    return Check(f"revisions.{subject}", title, ask, (Moment.SUBMIT,))


REASON = _check("reason", "改定の理由がありません", has_reason)
DAY = _check("day", "施行日が決まっていません", has_day)
SETTINGS = _check("settings", "承認の設定が書き換えられています", settings_are_as_written)
PARTS = _check("parts", "印刷しない様式が対象です", parts_are_printed)
KIND = _check("kind", "改定の種類が合いません", kind_fits)
SUBMITTER = _check("submitter", "提出する人が分かりません", submitter_is_known)
ROUTE = _check("route", "決定できる人がいません", route_can_be_walked)
