"""Says of a content that was returned and comes again whether anything of it was changed."""

from plans.revisions.models.revision import Revision
from plans.revisions.states import SubmissionState


def unchanged_said(revision: Revision, content_sha256: str, number: int | None = None) -> str:
    """Return in Japanese that a content is the one returned last, "" when it is not; one query.

    number is that of the submission with this content, None before it is submitted.
    """
    earlier = revision.submissions.filter(state=SubmissionState.RETURNED)
    if number is not None:
        earlier = earlier.filter(number__lt=number)
    found = earlier.order_by("-number").values_list("number", "content_sha256").first()
    if found is None or found[1] != content_sha256:
        return ""
    return f"本文と様式の内容は、差し戻された第{found[0]}回の提出から変わっていません。"
