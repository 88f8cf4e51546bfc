"""保存年限: nothing goes before it, or by itself; what was disposed of leaves no value and no doubt."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from bcp_portal.annex import registry
from bcp_portal.annex.services import delete_row, save_row
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.archive.loading import load_archive
from bcp_portal.audit.disposal import DISPOSED, SAID
from bcp_portal.audit.entry_faults import altered_among, missing_in_log
from bcp_portal.audit.models import Disposal, Entry
from bcp_portal.audit.verification import verify
from bcp_portal.members.sign_ins import ACTIONS, record_sign_in
from bcp_portal.retention.kinds import RetainedKind, retained_kinds
from bcp_portal.retention.models import RetentionSetting
from bcp_portal.retention.services import (
    digest_of,
    dispose,
    due_items,
    save_years,
    years_by_kind,
)
from bcp_portal.retention.years import first_day_kept, fiscal_year
from bcp_portal.ui.errors import DomainError
from drills.models import DrillIssue
from plans.bookshelf.models import PlanCopy
from plans.editions.chain_proof import chain_fault
from plans.editions.models.edition import Edition
from plans.editions.revision_lines import lines_of_editions
from plans.proofs.verification import verify_editions
from plans.revisions.models.revision import Decision, Revision
from plans.revisions.states import RevisionState
from plans.revisions.withdrawal import withdraw_revision
from tests.archive.making import archive_of, forget
from tests.findings.lived_town import lived, lived_town
from tests.findings.proofs_town import forged, rows
from tests.plans.editions.making import issued
from tests.plans.revisions.conftest import Town
from tests.rows import make_row

__all__ = ["lived", "lived_town"]
pytestmark = pytest.mark.django_db

ADDRESS = "198.51.100.23"
YEARS_LATER = timezone.localdate() + timedelta(days=366 * 7)


def kind_of(code: str) -> RetainedKind:
    return next(kind for kind in retained_kinds() if kind.code == code)


@pytest.fixture
def later() -> Iterator[None]:
    """Let seven years go by."""
    with patch("bcp_portal.retention.services._today", lambda: YEARS_LATER):
        yield


@pytest.fixture
def town(lived_town: Town) -> Town:
    """A town with revisions, an edition and papers."""
    return lived_town


@pytest.fixture
def old_town(town: Town, later: None) -> Town:
    """The same town, with sign-ins, seven years later."""
    record_sign_in(user=town.reader.user, address=ADDRESS)
    return town


def give_up(town: Town, code: str, years: int = 5) -> Disposal:
    save_years(membership=town.admin, years={code: years})
    kind = kind_of(code)
    shown = digest_of(due_items(kind, years))
    return dispose(membership=town.admin, kind=kind, reason="満了", shown=shown)


def faults(town: Town) -> list[Any]:
    log = [fault.sentence for fault in verify(town.municipality).faults]
    return [*log, *verify_editions(town.municipality).faults]


def test_years_are_whole_fiscal_years() -> None:
    assert [fiscal_year(date(2021, month, 1)) for month in (3, 4)] == [2020, 2021]
    assert first_day_kept(date(2026, 3, 31), 5) == date(2020, 4, 1)
    assert first_day_kept(date(2026, 4, 1), 5) == date(2021, 4, 1)


def test_nothing_is_due_before_somebody_set_years(old_town: Town) -> None:
    assert set(years_by_kind().values()) == {None}
    assert not any(due_items(kind, years_by_kind()[kind.code]) for kind in retained_kinds())
    kind = kind_of("log")
    with pytest.raises(DomainError, match="何も廃棄していません"):
        dispose(membership=old_town.admin, kind=kind, reason="満了", shown=digest_of([]))


def test_nothing_is_due_before_its_years_are_over(old_town: Town) -> None:
    for kind in retained_kinds():
        assert list(due_items(kind, 8)) == [], kind.code
        assert due_items(kind, 5) or kind.code not in ("log", "sign-in"), kind.code


@pytest.mark.parametrize("code", ["log", "sign-in"])
def test_the_log_is_emptied_and_still_proven(old_town: Town, code: str) -> None:
    assert faults(old_town) == []
    told = set(Entry.objects.values_list("sequence", "digest"))
    disposal = give_up(old_town, code)
    assert faults(old_town) == []
    emptied = list(Entry.objects.filter(disposed_in=disposal.number))
    assert emptied and told <= set(Entry.objects.values_list("sequence", "digest"))
    assert {(entry.action in ACTIONS) for entry in emptied} == {code == "sign-in"}
    for entry in emptied:
        assert (entry.actor, entry.actor_name, entry.address, entry.changes) == (None, "", "", [])
        assert (entry.note, entry.search_text, entry.target_label) == (SAID, "", "")
    assert not altered_among(list(Entry.objects.select_related("municipality", "actor")))
    assert not missing_in_log()
    assert Entry.objects.filter(address=ADDRESS).exists() == (code != "sign-in")


def test_the_decision_is_on_record(old_town: Town) -> None:
    disposal = give_up(old_town, "sign-in")
    entry = Entry.objects.get(action=DISPOSED)
    assert entry.actor == old_town.admin.user
    assert "理由: 満了" in entry.note and "保存年限5年" in entry.note
    assert (disposal.reason, disposal.years, disposal.decided_by_username) == (
        "満了",
        5,
        old_town.admin.user.username,
    )
    assert "サインインの記録（1件）" in disposal.items[0]["label"]
    with pytest.raises(TypeError):
        disposal.delete()


def test_what_is_left_of_the_log_cannot_be_altered(old_town: Town) -> None:
    number = give_up(old_town, "log").number
    emptied = rows(Entry).filter(disposed_in=number)
    for change in ({"action": "偽"}, {"note": "偽"}, {"told": [1]}, {"disposed_in": number + 1}):
        with forged():
            emptied.update(**change)
            assert faults(old_town), change
    last = list(rows(Entry).filter(disposed_in=0).values_list("pk", flat=True)[:1])
    for more in (number, number + 1):
        with forged():
            rows(Entry).filter(pk__in=last).update(disposed_in=more, note="偽")
            assert faults(old_town)
    for change in ({"husks_sha256": "0" * 64}, {"reason": "偽"}, {"items": []}):
        with forged():
            rows(Disposal).update(**change)
            assert faults(old_town), change
    with forged():
        rows(Disposal).delete()
        assert faults(old_town)
    with forged():
        rows(RetentionSetting).update(years=1)
        assert faults(old_town)


def test_what_proves_the_present_stays(old_town: Town) -> None:
    untold = verify(old_town.municipality).untold_members
    give_up(old_town, "log")
    assert verify(old_town.municipality).untold_members == untold
    kept = Entry.objects.filter(disposed_in=0)
    assert kept.filter(target_type="plans.revision").exists()
    assert kept.filter(target_type="accounts.membership").exists()
    assert due_items(kind_of("log"), 5) == []


@pytest.fixture
def renewed_town(old_town: Town) -> Town:
    """The same town, whose first edition another one replaced as a whole."""
    issued(old_town.municipality, effective_on=timezone.localdate() + timedelta(days=60))
    returned = Revision.objects.get(state=RevisionState.RETURNED)
    save_years(membership=old_town.admin, years={"edition": 5})
    assert due_items(kind_of("edition"), 5) == [], "a revision is read beside it"
    withdraw_revision(revision=returned, membership=old_town.drafter, keep_draft=False)
    return old_town


@pytest.mark.parametrize("codes", [("edition", "revision"), ("revision", "edition")])
def test_editions_and_revisions_go_and_the_chain_proves_the_rest(
    renewed_town: Town, codes: tuple[str, str]
) -> None:
    first, second = Edition.objects.order_by("sequence")
    assert str(first.revision_uid) in {str(each.uid) for each in Revision.objects.all()}
    files = [Path(file.path) for file in (first.pdf, first.masked_pdf)]
    papers = [Path(each.paper.path) for each in Decision.objects.exclude(paper="")]
    assert papers and all(path.exists() for path in (*files, *papers))
    lines = lines_of_editions()
    client, code = renewed_town.client("admin"), renewed_town.municipality.code
    drafter = Client()
    drafter.force_login(renewed_town.drafter.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    with on_commit_at_once():
        for kind in codes:
            give_up(renewed_town, kind)
            assert faults(renewed_town) == [], kind
            pages = [reverse("revisions:one", args=[code, r.uid]) for r in Revision.objects.all()]
            pages += [reverse("editions:show", args=[code, e.uid]) for e in Edition.objects.all()]
            for page in pages:
                assert drafter.get(page).status_code == 200, page
    assert list(Edition.objects.all()) == [second]
    assert not Decision.objects.filter(submission__revision__uid=first.revision_uid).exists()
    assert not any(path.exists() for path in (*files, *papers))
    assert lines_of_editions() == lines
    told = Entry.objects.filter(target_uid__in=[str(first.uid), str(first.revision_uid)])
    assert set(told.values_list("actor_name", "note")) == {("", SAID)}
    assert "廃棄されました" in Client().get(f"/check/{first.short_code}/").content.decode()
    assert chain_fault(renewed_town.municipality) == ""
    for page in ("editions/", "revisions/", "audit/", "retention/"):
        assert client.get(f"/{code}/{page}").status_code == 200, page


def test_an_edition_that_is_needed_is_not_due(renewed_town: Town) -> None:
    first, second = Edition.objects.order_by("sequence")
    save_years(membership=renewed_town.admin, years={"edition": 1, "revision": 1})
    assert [item.key for item in due_items(kind_of("edition"), 1)] == [str(first.uid)]
    copy = PlanCopy.objects.create(municipality=renewed_town.municipality, place="書庫")
    PlanCopy.objects.filter(pk=copy.pk).update(edition=first)
    assert due_items(kind_of("edition"), 1) == []
    rows(PlanCopy).delete()
    rows(Edition).filter(pk=second.pk).update(coverage={"whole": False})
    assert due_items(kind_of("edition"), 1) == []


def test_what_is_left_of_editions_cannot_be_altered(renewed_town: Town) -> None:
    give_up(renewed_town, "edition")
    second = rows(Edition).filter(sequence=2)
    for change in ({"previous_hash": "0" * 64}, {"sequence": 3}, {"label": "偽"}):
        with forged():
            second.update(**change)
            assert verify_editions(renewed_town.municipality).faults, change
    with forged():
        items = rows(Disposal).get().items
        items[0]["edition"]["chain_hash"] = "0" * 64
        rows(Disposal).update(items=items)
        assert len(faults(renewed_town)) >= 2


def test_drills_go_after_their_years_and_not_before(town: Town) -> None:
    spec = registry.spec("12")
    assert spec is not None
    sheet = Sheet(spec, Presentation.load(town.municipality))
    held = date(2026, 5, 1)
    drill: Any = make_row(spec, town.municipality, 1)
    type(drill).objects.update(held_on=held, fiscal_year=2026, name="安否確認訓練")
    DrillIssue.objects.create(municipality=town.municipality, drill=drill, content="鍵がない")
    save_years(membership=town.admin, years={"drill": 5})
    with pytest.raises(DomainError, match="保存年限（5年）の間は削除できません"):
        delete_row(sheet=sheet, actor=town.admin.user, row=drill)
    with patch("bcp_portal.retention.services._today", lambda: YEARS_LATER):
        disposal = give_up(town, "drill")
    assert disposal.items[0]["label"] == "令和8年度の訓練「安否確認訓練」"
    assert not type(drill).objects.exists() and not DrillIssue.objects.exists()
    assert [fault.sentence for fault in verify(town.municipality).faults] == []


@contextmanager
def on_commit_at_once() -> Iterator[None]:
    with patch("django.db.transaction.on_commit", lambda act: act()):
        yield


def test_years_and_disposals_go_with_an_archive(old_town: Town, tmp_path: Path) -> None:
    give_up(old_town, "log")
    give_up(old_town, "sign-in")
    archive = archive_of(old_town.municipality, tmp_path / "archive.zip")
    Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)
    forget(old_town.municipality)
    loaded = load_archive(archive)
    with scope(municipality=loaded):
        assert verify(loaded).faults == verify_editions(loaded).faults == []
        assert Disposal.objects.count() == 2
        assert {code for code, years in years_by_kind().items() if years} == {"log", "sign-in"}


def test_no_hash_of_a_value_that_is_gone_stays(town: Town, later: None) -> None:
    spec = registry.spec("3")
    assert spec is not None
    sheet = Sheet(spec, Presentation.load(town.municipality))
    row: Any = spec.model(municipality=town.municipality, name="旧庁舎", row_no=1)
    save_row(sheet=sheet, actor=town.drafter.user, row=row, expected_version=row.version)
    told = Entry.objects.filter(target_uid=str(row.uid))
    assert all(each.salt for each in told) and len({each.salt for each in told}) == told.count()
    delete_row(sheet=sheet, actor=town.drafter.user, row=row)
    issued(town.municipality, effective_on=timezone.localdate() + timedelta(days=60))
    disposal = give_up(town, "log")
    assert {each.disposed_in for each in told.all()} == {disposal.number}
    added, deleted = told.order_by("sequence")
    assert [each["values"] for each in added.told] == [{}] and added.salt == ""
    assert [each["values"] for each in deleted.told] == [None]
    assert verify(town.municipality).faults == []
    with forged():
        spec.model.objects.create(municipality=town.municipality, name="偽", uid=row.uid)
        assert any("取り除かれた後に" in each for each in faults(town))
    with forged():
        rows(Entry).filter(pk=added.pk).update(salt="0" * 32)
        assert f"{added.sequence}番" in "".join(faults(town))


@pytest.mark.parametrize("code", ["edition", "revision"])
def test_no_seal_of_a_record_that_is_gone_stays(renewed_town: Town, code: str) -> None:
    disposal = give_up(renewed_town, code)
    emptied = Entry.objects.filter(disposed_in=disposal.number)
    seals = [seal for entry in emptied for seal in entry.sealed]
    there = {str(each.uid) for each in Revision.objects.all()}
    assert emptied and all(not seal["fields"] for seal in seals if seal["key"] not in there)
    assert faults(renewed_town) == []


def test_an_emptied_log_of_before_is_proven_still(old_town: Town) -> None:
    """Entries of before have no salt; what a former release emptied keeps its hashes."""
    kept = lambda entries, hashes, going: iter(entries)  # noqa: E731
    with patch("bcp_portal.audit.disposal._bare", kept):
        give_up(old_town, "log")
    assert faults(old_town) == []
