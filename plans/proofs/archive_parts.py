"""What the archive of a municipality has to know about plans and editions."""

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.private_files import private_storage
from bcp_portal.archive.parts import KeptFiles, archive_parts
from plans.editions.attachments import kept_folder
from plans.proofs.verification import verify_editions

EDITION_FILES = KeptFiles("edition-files", private_storage, kept_folder)


def register_archive_parts() -> None:
    """Tell the archive; called once at start."""
    archive_parts.leave_out(
        "plans.PrintJob", "印刷の依頼と作ったPDF（しばらくして消えるもの。版のPDFは入ります）"
    )
    archive_parts.leave_out(
        "plans.IssueJob", "版を作る処理の記録（途中の改定は、読み込んだ後にもう一度始まります）"
    )
    archive_parts.leave_out(
        "members.DecisionCode", "確認コード（24時間だけ使えるもの。元の値は残っていません）"
    )
    archive_parts.account_key("plans.Contributor", "user_key")
    archive_parts.account_key("plans.Decision", "user_key")
    archive_parts.keep(EDITION_FILES)
    archive_parts.prove("版", _edition_faults)


def _edition_faults(municipality: Municipality) -> list[str]:
    return [f"版: {fault}" for fault in verify_editions(municipality).faults]
