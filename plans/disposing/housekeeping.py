"""What printing, reading Word files and freezing leave behind, and what of it must stay."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_scopes import scopes_disabled

from bcp_portal.audit.models import Entry
from bcp_portal.jobs.housekeeping.chores import Report, register_chore
from bcp_portal.jobs.housekeeping.orphans import sweep_folder
from plans.editions.attachments import named_files
from plans.editions.models.edition import Edition
from plans.printing.cache import PartCache
from plans.revisions.models.revision import SubmittedContent
from plans.word.models.word_import import WordImport


def register_housekeeping() -> None:
    """Register chores and orphan rules with housekeeping; called once at start."""
    register_chore("Word files that were read", remove_old_arrivals)
    register_chore("print cache", trim_print_cache)
    for name in ("chapter-images", "meetings", "earlier-editions", "word-templates"):
        sweep_folder(name)
    sweep_folder("editions", _of_issued)
    sweep_folder("edition-files", _frozen)


def remove_old_arrivals(report: Report) -> None:
    """Remove what was read of Word files and not placed since WORD_DAYS."""
    limit = timezone.now() - timedelta(days=settings.WORD_DAYS)
    with scopes_disabled():
        old = WordImport.objects.filter(brought_at__lt=limit)
        found = dict(old.order_by().values_list("pk", "municipality__code"))
        WordImport.objects.filter(pk__in=list(found)).delete()
    report.add_all("読み取ったWordファイル", Counter(found.values()))


def trim_print_cache(report: Report) -> None:
    """Remove parts of prints that nobody printed again since PRINT_CACHE_DAYS, and what is too much."""
    cache = PartCache(settings.PRINT_CACHE_DIR)
    report.add("印刷の控え", cache.tidy(older_than=timedelta(days=settings.PRINT_CACHE_DAYS)))


def _of_issued(files: Collection[Path]) -> Collection[Path]:
    """Keep files of editions that the log knows: a missing record is found by the proofs."""
    with scopes_disabled():
        told = Entry.objects.filter(target_type=Edition._meta.label_lower)
        known = set(told.values_list("target_uid", flat=True))
    return [path for path in files if path.parent.name in known or not _is_uid(path.parent.name)]


def _frozen(files: Collection[Path]) -> Collection[Path]:
    """Keep the files that rows of editions and submissions name, which are read one by one."""
    if not files:
        return ()
    named = set(_named())
    return [path for path in files if (path.parent.name, path.name) in named]


def _named() -> Iterator[tuple[str, str]]:
    with scopes_disabled():
        for model in (Edition, SubmittedContent):
            frozen = model.objects.order_by("pk").values_list("municipality__code", "rows")
            for code, rows in frozen.iterator(chunk_size=1):
                yield from ((code, file["sha256"]) for file in named_files(rows))


def _is_uid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
