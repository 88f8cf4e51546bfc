"""Brings the archive to menu, guide and jobs, and says what is kept out for rooms that may not import it."""

from django.apps import AppConfig
from django.db.models import Q

from bcp_portal.accounts.permissions import Permission
from bcp_portal.archive.help_parts import PARTS
from bcp_portal.jobs.kinds import JobKind, register_kind
from bcp_portal.ui.help_book import help_book
from bcp_portal.ui.navigation import NavigationItem, navigation


class ArchiveConfig(AppConfig):
    name = "bcp_portal.archive"
    verbose_name = "アーカイブ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.archive.models import ArchiveJob
        from bcp_portal.archive.parts import archive_parts
        from bcp_portal.archive.proofs import log_faults
        from bcp_portal.archive.services import ASKED, SAVED, TAKEN, make_archive
        from bcp_portal.audit.disposable_entries import register_passing

        register_passing(lambda: Q(action__in=(ASKED, TAKEN, SAVED)))
        register_kind(JobKind(ArchiveJob, make_archive))
        help_book.register(*PARTS)
        navigation.register(
            NavigationItem(
                "アーカイブ", "archive:list", Permission.TAKE_ARCHIVE, 840, "download", "管理"
            )
        )
        archive_parts.leave_out("annex.Draft", "保存していない入力の控え（本人だけのもの）")
        archive_parts.leave_out(
            "annex.TableChoice", "表の列の表示と保存した条件（本人の画面だけのもの）"
        )
        archive_parts.leave_out(
            "annex.ImportJob", "Excelの取り込みの依頼と途中の結果（しばらくして消えるもの）"
        )
        archive_parts.leave_out(
            "jobs.Preparation", "準備した画面やファイル（しばらくして消えるもの）"
        )
        archive_parts.leave_out("archive.ArchiveJob", "作ったアーカイブ（しばらくして消えるもの）")
        archive_parts.prove("操作記録", log_faults)
