"""B.2: an ordinary plan is published with its body, nothing becomes public unasked, and all see it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.archive.loading import load_archive
from bcp_portal.audit.models import Entry
from bcp_portal.checks.findings import NotReady
from bcp_portal.ui.errors import DomainError
from plans.chapters.publicity import is_never_chosen
from plans.chapters.services import add_chapter
from plans.document.redaction import redact
from plans.models import Chapter, Plan, PublicSetting, Submission
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.outlines.services import change_profile
from plans.public_edition.public_counts import counts_of, is_empty
from plans.public_edition.settings_services import save_annexes, save_public_columns, save_rows
from plans.revisions.revision_proof import require_unaltered
from plans.summary.document import Audience, summary_document
from plans.working_copy.builder import WorkingCopy
from systems.models import Site
from tests.archive.making import VERSION_1
from tests.conftest import ClientFactory, MemberFactory
from tests.plans.editions.making import a_plan, spec
from tests.plans.revisions.conftest import Town, town
from tests.rows import make_row

__all__ = ["town"]


def public_of(municipality: Municipality) -> Any:
    working = WorkingCopy(municipality, in_edition=True)
    return redact(working.masked, working.choices)


@pytest.mark.parametrize("profile", sorted(OUTLINES))
def test_a_new_plan_begins_with_public_chapters_and_hidden_annexes(
    in_scope: Municipality, profile: str
) -> None:
    plan = create_plan(municipality=in_scope, actor=None, outline=OUTLINES[profile])
    assert set(Chapter.objects.values_list("confidentiality", flat=True)) == {"public"}
    public = public_of(in_scope)
    assert public.annexes == () and not is_empty(public)
    assert not is_never_chosen(plan)
    added = add_chapter(plan=plan, actor=None, parent=None, title="資料編")
    assert added.confidentiality == "public"
    below = add_chapter(plan=plan, actor=None, parent=added, title="地図")
    assert below.confidentiality == "public"


def test_what_is_added_to_a_hidden_plan_is_hidden(in_scope: Municipality) -> None:
    plan = create_plan(municipality=in_scope, actor=None, outline=OUTLINES["ksw"])
    Chapter.objects.update(confidentiality="internal")
    assert add_chapter(plan=plan, actor=None, parent=None, title="章").confidentiality == "internal"
    parent = Chapter.objects.filter(parent=None).first()
    assert parent is not None
    Chapter.objects.filter(pk=parent.pk).update(confidentiality="partial")
    parent.refresh_from_db()
    below = add_chapter(plan=plan, actor=None, parent=parent, title="節")
    assert below.confidentiality == "internal", "a heading alone does not open what is below it"
    plan.refresh_from_db()
    change_profile(plan=plan, actor=None, outline=OUTLINES["kts"], expected_version=plan.version)
    assert not Chapter.objects.filter(confidentiality="public").exists()


@pytest.mark.django_db
def test_nothing_becomes_public_by_loading_what_an_older_release_wrote() -> None:
    from django_scopes import scope

    municipality = load_archive(VERSION_1)
    with scope(municipality=municipality):
        assert Chapter.objects.exists()
        assert not Chapter.objects.exclude(confidentiality="internal").exists()
        assert is_empty(public_of(municipality))


def test_a_plan_without_a_choice_is_asked_before_it_is_submitted(town: Town) -> None:
    Chapter.objects.update(confidentiality="internal")
    revision = town.draft()
    with pytest.raises(DomainError, match="まだ選ばれていません"):
        town.submit(revision)
    client = town.client("drafter")
    code = town.municipality.code
    page = client.get(reverse("revisions:submit", args=[code, revision.uid])).content.decode()
    address = f"{reverse('public:chapters', args=[code])}?revision={revision.uid}"
    assert "まだ選ばれていません" in page and address.replace("&", "&amp;") in page
    assert Chapter.objects.exclude(confidentiality="internal").count() == 0
    form = client.get(address).content.decode()
    assert "公開したときの見え方" in form and "目的を定める。" in form and "選んでください" in form
    refused = client.post(address, {"chapter-everything": ""})
    assert refused.status_code == 422
    assert "載せるかどうかを選んでください" in refused.content.decode()
    assert Chapter.objects.exclude(confidentiality="internal").count() == 0
    first, second = Chapter.objects.order_by("position")
    data = {f"chapter-{first.uid}": "public", f"chapter-{second.uid}": "internal"}
    answer = client.post(address, data)
    assert answer.headers["Location"] == reverse("revisions:submit", args=[code, revision.uid])
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.confidentiality, first.version) == ("public", 2)
    assert (second.confidentiality, second.version) == ("internal", 1)
    assert not is_never_chosen(Plan.objects.get())
    assert "まだ選ばれていません" not in client.get(answer.headers["Location"]).content.decode()
    town.submit(revision)


def test_who_leaves_everything_hidden_has_chosen_and_is_told_that_nothing_is_left(
    town: Town,
) -> None:
    Chapter.objects.update(confidentiality="internal")
    client = town.client("drafter")
    address = reverse("public:chapters", args=[town.municipality.code])
    client.post(address, {"chapter-everything": "internal"})
    assert PublicSetting.objects.exists() and not is_never_chosen(Plan.objects.get())
    revision = town.draft()
    with pytest.raises(NotReady, match="公開版を作らないときは"):
        town.submit(revision)
    page = client.get(reverse("revisions:submit", args=[town.municipality.code, revision.uid]))
    assert "載るものが一つもありません" in page.content.decode()
    PublicSetting.objects.update(enabled=False)
    town.submit(revision)


def test_a_choice_that_somebody_overtook_writes_nothing(town: Town) -> None:
    client = town.client("drafter")
    address = reverse("public:chapters", args=[town.municipality.code])
    first, second = Chapter.objects.order_by("position")
    opened = {f"initial-chapter-{c.uid}": "public" for c in (first, second)}
    Chapter.objects.filter(pk=first.pk).update(confidentiality="partial")
    data = {**opened, f"chapter-{first.uid}": "internal", f"chapter-{second.uid}": "internal"}
    answer = client.post(address, data)
    assert answer.status_code == 409
    assert "「目的」の公開区分が変えられました" in answer.content.decode()
    assert list(Chapter.objects.order_by("position").values_list("confidentiality", flat=True)) == [
        "partial",
        "public",
    ]
    # What somebody else changed and this person left alone stays as it is.
    data = {**opened, f"chapter-{first.uid}": "public", f"chapter-{second.uid}": "internal"}
    assert client.post(address, data).status_code == 302
    assert list(Chapter.objects.order_by("position").values_list("confidentiality", flat=True)) == [
        "partial",
        "internal",
    ]


def test_everybody_who_decides_sees_counts_and_preview(town: Town) -> None:
    second = Chapter.objects.get(title="体制")
    Chapter.objects.filter(pk=second.pk).update(confidentiality="internal")
    revision = town.draft()
    code = town.municipality.code
    drafter = town.client("drafter").get(reverse("revisions:submit", args=[code, revision.uid]))
    counted = "<dt>公開する章・節</dt><dd>1件（2件中）</dd>"
    assert counted in drafter.content.decode()
    assert "見つかったものはありません" in drafter.content.decode()
    town.submit(revision)
    submission = Submission.objects.get()
    assert submission.head["public"]["chapters"] == {"shown": 1, "total": 2}
    require_unaltered(submission)
    # What is chosen afterwards is not what is decided on.
    Chapter.objects.filter(pk=second.pk).update(confidentiality="public")
    for name in ("checker", "approver"):
        client = town.client(name)
        page = client.get(reverse("revisions:one", args=[code, revision.uid])).content.decode()
        assert counted in page, name
        preview = reverse("revisions:public", args=[code, revision.uid])
        assert preview in page
        shown = client.get(preview).content.decode()
        assert "目的を定める。" in shown and "体制を定める。" not in shown


def test_a_submission_of_a_former_release_is_counted_when_it_is_read(town: Town) -> None:
    from django.db.models import QuerySet

    revision = town.submitted()
    submission = Submission.objects.get()
    head = {name: value for name, value in submission.head.items() if name != "public"}
    QuerySet(Submission).update(head=head)
    page = town.client("reader").get(
        reverse("revisions:one", args=[town.municipality.code, revision.uid])
    )
    assert "<dt>公開する章・節</dt><dd>2件（2件中）</dd>" in page.content.decode()


def test_a_secret_in_a_public_chapter_is_shown_to_the_drafter_before_submitting(
    town: Town,
) -> None:
    contact = make_row(spec("9"), town.municipality, 1, full=True)
    contact.mobile = "090-1234-5678"
    contact.save()
    Chapter.objects.filter(title="目的").update(body="<p>夜は090-1234-5678に電話する。</p>")
    revision = town.draft()
    page = town.client("drafter").get(
        reverse("revisions:submit", args=[town.municipality.code, revision.uid])
    )
    text = page.content.decode()
    assert "公開しないはずの値が書かれています" in text and "様式9" in text
    with pytest.raises(DomainError):
        town.submit(revision)


def test_bulk_changes_of_rows_are_ordinary_writes(
    in_scope: Municipality, member: MemberFactory, client_for: ClientFactory
) -> None:
    a_plan(in_scope)
    other = make_row(spec("3"), in_scope, 2)
    editor = member(Role.EDITOR)
    before = {site.pk: site.version for site in Site.objects.all()}
    count = save_rows(
        municipality=in_scope, actor=editor.user, specs=[spec("3")], confidentiality="public"
    )
    assert count == len(before) == 2
    for site in Site.objects.all():
        assert (site.confidentiality, site.version) == ("public", before[site.pk] + 1)
        assert site.updated_by == editor.user
        [entry] = Entry.objects.filter(action="変更", target_uid=str(site.uid))
        assert [change["name"] for change in entry.changes] == ["confidentiality"]
    history = client_for(Role.VIEWER).get(
        reverse("annex:history", args=[in_scope.code, "3", other.uid])
    )
    assert "公開区分" in history.content.decode()
    again = save_rows(
        municipality=in_scope, actor=editor.user, specs=[spec("3")], confidentiality="public"
    )
    assert again == 0


def test_a_changed_publicity_of_a_chapter_is_in_its_history_with_both_values(town: Town) -> None:
    client: Client = town.client("drafter")
    first = Chapter.objects.get(title="目的")
    address = reverse("public:chapters", args=[town.municipality.code])
    client.post(address, {"chapter-everything": "internal"})
    [entry] = Entry.objects.filter(target_uid=str(first.uid), action="公開区分の変更")
    assert [(c["before"], c["after"]) for c in entry.changes] == [("公開", "非公開")]
    first.refresh_from_db()
    assert first.version == 2 and first.updated_by == town.drafter.user


def test_a_public_summary_leaves_out_what_is_hidden(in_scope: Municipality) -> None:
    create_plan(municipality=in_scope, actor=None, outline=OUTLINES["ksw"])
    from plans.models import ResponseRole

    for name, row in (("情報統括班", "public"), ("半分の班", "partial"), ("秘密の班", "internal")):
        ResponseRole.objects.create(
            municipality=in_scope, structure="disaster", role_name=name, confidentiality=row
        )
    closed = summary_document(in_scope, Audience.PUBLIC)
    assert "公開していません" not in str(closed) and "＊＊＊" not in str(closed)
    assert all(section.blocks or section.children for section in closed.sections())
    columns = {"role_name": ("役割", "show"), "duties": ("役割の概要", "mask")}
    common: dict[str, Any] = {"municipality": in_scope, "actor": None}
    save_public_columns(**common, code="8", columns=columns)
    save_annexes(**common, values={8: "public"})
    opened = str(summary_document(in_scope, Audience.PUBLIC))
    assert "情報統括班" in opened
    assert "半分の班" not in opened and "秘密の班" not in opened and "＊＊＊" not in opened
    office = str(summary_document(in_scope, Audience.OFFICE))
    assert "半分の班" in office and "秘密の班" in office


def test_counts_say_what_a_reader_finds(in_scope: Municipality) -> None:
    a_plan(in_scope, annexes=(3, 9))
    make_row(spec("3"), in_scope, 2)
    Chapter.objects.filter(title="目的").update(confidentiality="public")
    common: dict[str, Any] = {"municipality": in_scope, "actor": None}
    save_annexes(**common, values={3: "public"})
    save_public_columns(**common, code="3", columns={"name": ("名称", "show")})
    Site.objects.filter(pk=Site.objects.order_by("pk").first().pk).update(confidentiality="public")
    working = WorkingCopy(in_scope, in_edition=True)
    public = redact(working.masked, working.choices)
    counts = counts_of(working.masked, public)
    assert (counts.chapters.shown, counts.chapters.total) == (1, 2)
    assert (counts.annexes.shown, counts.annexes.total) == (1, 2)
    assert counts.rows.shown == 1 and counts.rows.total >= 3
    assert not counts.empty
