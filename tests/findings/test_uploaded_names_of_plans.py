"""Names of pictures, templates, earlier editions and papers of meetings come back as uploaded."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from PIL import Image

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.ui.uploads import composed
from plans.models import Decision, EarlierEdition, Plan
from plans.revisions.route import RouteStep, Seat, StepAction
from tests.findings.test_uploaded_names import MAC, name_in
from tests.plans.revisions.conftest import Town, town
from tests.plans.word.outward import hostile

__all__ = ["town"]

ClientFor = Callable[..., Client]
STEMS = [
    MAC.removesuffix(".pdf"),
    "配置図（本庁）[3階]{控}",
    "~下書き 100％ '最終' 100%25 #1 a+b",
    "葛\U000e0100飾区・辻\ufe00庁舎",
    "漢" * 200,
    "点..が..多い",
]


def file_of(name: str, content: bytes = b"as it came") -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", content)
    file._name = name  # type: ignore[attr-defined]  # Django's test file cuts long names
    return file


def picture(kind: str) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(drawn, kind)
    return drawn.getvalue()


@pytest.mark.parametrize("stem", STEMS)
def test_an_earlier_edition_comes_back_under_its_name(
    municipality: Municipality, client_for: ClientFor, stem: str
) -> None:
    with scope(municipality=municipality):
        Plan.objects.create(municipality=municipality, title="計画")
    client = client_for(Role.ADMIN)
    typed = {
        "number_major": "1",
        "number_minor": "0",
        "content": "策定",
        "revised_on": "2020-04-01",
    }
    address = reverse("editions:earlier-new", args=[municipality.code])
    sent = client.post(address, {**typed, "file": file_of(f"{stem}.pdf")})
    assert sent.status_code == 302, sent.content.decode()
    with scope(municipality=municipality):
        uid = EarlierEdition.objects.get().uid
    answer: Any = client.get(reverse("editions:earlier-file", args=[municipality.code, uid]))
    assert name_in(answer) == composed(f"{stem}.pdf")
    assert b"".join(answer.streaming_content) == b"as it came"


@pytest.mark.parametrize("stem", STEMS)
def test_a_template_comes_back_under_its_name(
    municipality: Municipality, client_for: ClientFor, stem: str
) -> None:
    with scope(municipality=municipality):
        Plan.objects.create(municipality=municipality, title="計画")
    client = client_for(Role.ADMIN)
    file = file_of(f"{stem}.docx", hostile.word_template("町の表紙"))
    address = reverse("prints:word-template", args=[municipality.code])
    sent = client.post(address, {"file": file})
    assert sent.status_code == 302, sent.content.decode()
    answer = client.get(reverse("prints:word-template-file", args=[municipality.code]))
    assert name_in(answer) == composed(f"{stem}.docx")


@pytest.mark.parametrize(
    ("name", "kind", "back"),
    [
        *((f"{stem}.png", "PNG", f"{stem}.png") for stem in STEMS),
        ("写し.PNG", "PNG", "写し.PNG"),
        ("庁舎.jpeg", "JPEG", "庁舎.jpeg"),
        # Kept as a picture of another kind, so its name would be untrue.
        ("動く図.gif", "GIF", "動く図.png"),
    ],
)
def test_a_picture_comes_back_under_its_name(
    municipality: Municipality, client_for: ClientFor, name: str, kind: str, back: str
) -> None:
    client = client_for(Role.EDITOR)
    address = reverse("images:upload", args=[municipality.code])
    sent = client.post(address, {"file": file_of(name, picture(kind))})
    assert sent.status_code == 200, sent.content.decode()
    assert name_in(client.get(sent.json()["url"])) == composed(back)


@pytest.mark.parametrize("stem", STEMS[:3])
def test_the_paper_of_a_meeting_comes_back_under_its_name(town: Town, stem: str) -> None:
    town.set_route(
        RouteStep("本部会の決定", StepAction.APPROVE, (Seat(role="head"),), meeting_body="本部会")
    )
    revision = town.submitted()
    place = [town.municipality.code, revision.uid]
    digest = revision.submissions.get().digest
    typed = {"step": "0", "seat": "0", "digest": digest, "meeting_on": str(timezone.localdate())}
    client = town.client("head")
    sent = client.post(
        reverse("revisions:decide", args=place), {**typed, "paper": file_of(f"{stem}.pdf")}
    )
    assert sent.status_code == 302, sent.content.decode()
    decision = Decision.objects.get()
    answer: Any = client.get(reverse("revisions:paper", args=[*place, decision.uid]))
    assert name_in(answer) == composed(f"{stem}.pdf")
    assert b"".join(answer.streaming_content) == b"as it came"
