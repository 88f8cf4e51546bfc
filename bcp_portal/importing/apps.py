"""Brings the import of files to the kinds of jobs, and its report to what is made in the background."""

from django.apps import AppConfig

from bcp_portal.jobs.kinds import JobKind, register_kind


class ImportingConfig(AppConfig):
    """Its records keep the label of the annex library, under which log and archives name them."""

    name = "bcp_portal.importing"
    label = "importing"
    verbose_name = "取り込み"

    def ready(self) -> None:
        from bcp_portal.annex.renamed_columns import register_renamed
        from bcp_portal.importing.import_jobs import work
        from bcp_portal.importing.models import ImportJob
        from bcp_portal.importing.prepared import register_report
        from bcp_portal.importing.remembered_columns import forget_other_meanings

        register_kind(JobKind(ImportJob, work))
        register_report()
        register_renamed(forget_other_meanings)
