"""Application configuration of this room: says what the lower rooms keep out of an archive."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "bcp_portal.archive"
    verbose_name = "アーカイブ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bcp_portal.archive.parts import archive_parts
        from bcp_portal.archive.proofs import log_faults

        archive_parts.leave_out("annex.Draft", "保存していない入力の控えで、本人だけのもの")
        archive_parts.leave_out("annex.ImportJob", "取り込みの途中の状態で、7日で消えるもの")
        archive_parts.leave_out("archive.ArchiveJob", "アーカイブの作成の状態で、7日で消えるもの")
        archive_parts.prove("操作記録", log_faults)
