"""What nobody should have typed: a clear sentence, a readable page, and nothing lost."""

from collections.abc import Iterator
from io import BytesIO
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope
from PIL import Image

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from plans.models import ActionStep, Chapter, ChapterImage
from plans.outlines.new_plan import create_plan
from plans.outlines.template import ChapterTemplate, OutlineTemplate
from plans.text.live_blocks import block_html
from tests.conftest import ClientFactory
from tests.plans.rows import a_plan

OUTLINE = OutlineTemplate("ksw", "計画書", (ChapterTemplate("目的", "目的の文。", "趣旨。"),))
REMOVED = "表「99-9」はこのシステムにありません。本文の編集画面で表を選び直してください。"
LONG = "".join(f"{number:04d}番目の文です。" for number in range(500))
SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def chapter(municipality: Municipality) -> Iterator[Chapter]:
    with scope(municipality=municipality):
        create_plan(municipality=municipality, actor=None, outline=OUTLINE)
        yield Chapter.objects.get(title="目的")


@pytest.fixture
def editor(client_for: ClientFactory) -> Client:
    return client_for(Role.EDITOR)


def pages(client: Client, chapter: Chapter) -> list[str]:
    """Return the chapter as it is read, and the whole plan."""
    addresses = (f"chapters/{chapter.uid}/", "preview/")
    answers: list[Any] = [client.get(f"/139998/plan/{address}") for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [str(answer.content.decode()) for answer in answers]


def save(client: Client, chapter: Chapter, body: str) -> Chapter:
    """Save a text through the page, and return the chapter as it then stands."""
    fields = {"title": chapter.title, "body": body, "guidance": "", "version": chapter.version}
    answer = client.post(f"/139998/plan/chapters/{chapter.uid}/edit/", fields)
    assert answer.status_code == 302
    return Chapter.objects.get(pk=chapter.pk)


def upload(client: Client, content: bytes, name: str) -> tuple[int, dict[str, str]]:
    file = SimpleUploadedFile(name, content)
    answer = client.post("/139998/images/", {"file": file}, headers={"Accept": "application/json"})
    return answer.status_code, answer.json()


def test_a_table_that_was_removed_is_named_in_its_place_and_stays_in_the_text(
    chapter: Chapter, editor: Client
) -> None:
    body = f"<p>前の文</p>{block_html('99-9', ('name',))}<p>後の文</p>"
    saved = save(editor, chapter, body)
    assert saved.body == body
    for page in pages(editor, chapter):
        assert page.index("前の文") < page.index(REMOVED) < page.index("後の文")
    assert REMOVED in editor.get("/139998/blocks/", {"code": "99-9"}).content.decode()
    assert "99-9" in editor.get(f"/139998/plan/chapters/{chapter.uid}/edit/").content.decode()
    assert save(editor, saved, saved.body + "<p>追記</p>").body == f"{body}<p>追記</p>"


@pytest.mark.parametrize("bytes_apart", [-1, 1])
def test_a_picture_of_twenty_megabytes_is_taken_and_one_above_is_refused(
    chapter: Chapter, editor: Client, bytes_apart: int
) -> None:
    size = 20 * 1024 * 1024 + bytes_apart
    into = BytesIO()
    Image.frombytes("RGB", (1500, 1500), Random(1).randbytes(1500 * 1500 * 3)).save(into, "PNG")
    status, answer = upload(editor, into.getvalue().ljust(size, b"\0"), "大きな写真.png")
    if bytes_apart < 0:
        assert (status, ChapterImage.objects.count()) == (200, 1)
    else:
        assert status == 422
        assert answer["error"] == (
            "「大きな写真.png」は20.0MBあり、上限の20MBを超えています。"
            "画像を縮小してから登録してください。"
        )
        assert not ChapterImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("図.svg", f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'),
        ("図.html", f"<!doctype html><html><body>{SCRIPT}</body></html>"),
        ("図.png", f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">{SCRIPT}</svg>'),
    ],
)
def test_a_file_with_a_script_is_refused_with_what_to_do(
    chapter: Chapter, editor: Client, name: str, content: str
) -> None:
    status, answer = upload(editor, content.encode(), name)
    assert status == 422
    assert f"「{name}」は図として読み取れませんでした" in answer["error"]
    assert "SVG" in answer["error"]
    assert not ChapterImage.objects.exists()


def test_a_pasted_script_is_left_behind_and_the_text_stays(
    chapter: Chapter, editor: Client
) -> None:
    svg = f'<svg onload="alert(1)">{SCRIPT}</svg>'
    raw = f'<p onclick="alert(1)">一つ目{SCRIPT}</p>{svg}<a href="javascript:alert(1)">二つ目</a>'
    saved = save(editor, chapter, raw)
    assert saved.body == "<p>一つ目</p><p>二つ目</p>"
    for page in pages(editor, chapter):
        assert "一つ目" in page and "二つ目" in page
        for trace in ("alert(", "javascript:", "onclick", "onload"):
            assert trace not in page


def test_a_table_of_forty_columns_keeps_all_and_scrolls_by_itself(
    chapter: Chapter, editor: Client
) -> None:
    cells = "".join(f"<td>値{number}番</td>" for number in range(40))
    body = f"<p>前</p><table><tbody><tr>{cells}</tr></tbody></table><p>後</p>"
    assert save(editor, chapter, body).body == body
    for page in pages(editor, chapter):
        assert all(f"値{number}番" in page for number in range(40))
        opening = page[: page.index("<table", page.index("<p>前</p>"))].rpartition("<")[2]
        assert 'class="table-scroll"' in opening
        assert 'tabindex="0"' in opening


def test_a_cell_of_five_thousand_characters_is_kept_and_shown_whole(
    chapter: Chapter, editor: Client
) -> None:
    assert len(LONG) >= 5000
    plan = a_plan(chapter.municipality)
    ActionStep.objects.create(
        municipality=plan.municipality, plan=plan, seq=1, phase="initial", title="長", body=LONG
    )
    table = f"<table><tbody><tr><td>{LONG}</td></tr></tbody></table>"
    assert save(editor, chapter, table + block_html("10-2", ("seq", "body"))).body.startswith(table)
    for page in pages(editor, chapter):
        assert page.count(LONG) >= 2
    row = ActionStep.objects.get()
    for address in ("10-2/", f"10-2/rows/{row.uid}/"):
        shown = editor.get(f"/139998/annex/{address}")
        assert shown.status_code == 200
        assert LONG in shown.content.decode(), address
