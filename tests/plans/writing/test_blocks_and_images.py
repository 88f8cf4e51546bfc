"""What the chapter editor asks the server for: rows, choices, pictures."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from bcp_portal.accounts.models import Municipality, Person
from bcp_portal.accounts.permissions import Role
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.table import Column, Table, TableRow
from plans.chapters import image_services
from plans.document.table_heads import HeadCell, head_rows
from plans.models import ChapterImage, Policy, ResponseRole
from plans.writing.block_options import block_options
from tests.conftest import ClientFactory


@pytest.fixture
def editor(client_for: ClientFactory) -> Client:
    return client_for(Role.EDITOR)


def picture(
    kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object
) -> bytes:
    into = BytesIO()
    Image.new(mode, size, "red").save(into, kind, **options)
    return into.getvalue()


def send(client: Client, content: bytes, name: str = "図.png") -> tuple[int, dict]:
    file = SimpleUploadedFile(name, content)
    response = client.post(
        "/139998/images/", {"file": file}, headers={"Accept": "application/json"}
    )
    return response.status_code, response.json()


def stored(in_scope: Municipality) -> Image.Image:
    return Image.open(BytesIO(ChapterImage.objects.get().file.read()))


def test_a_picture_is_taken_in_and_shown(in_scope: Municipality, editor: Client) -> None:
    status, answer = send(editor, picture("PNG"))
    assert status == 200
    assert answer["url"] == f"/139998/images/{answer['sha256']}/"
    response: Any = editor.get(answer["url"])
    assert response["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert (ChapterImage.objects.get().width, ChapterImage.objects.get().height) == (40, 30)


def test_the_same_picture_is_kept_once(in_scope: Municipality, editor: Client) -> None:
    assert send(editor, picture("PNG"))[1] == send(editor, picture("PNG"), "別名.png")[1]
    assert ChapterImage.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "expected"), [("JPEG", "JPEG"), ("GIF", "PNG"), ("WEBP", "PNG"), ("PNG", "PNG")]
)
def test_every_format_is_encoded_anew(
    in_scope: Municipality, editor: Client, kind: str, expected: str
) -> None:
    assert send(editor, picture(kind))[0] == 200
    assert stored(in_scope).format == expected


def test_a_large_picture_is_made_smaller(in_scope: Municipality, editor: Client) -> None:
    assert send(editor, picture("JPEG", (4000, 1000)))[0] == 200
    assert stored(in_scope).size == (2000, 500)


def test_where_a_photograph_was_taken_is_not_kept(in_scope: Municipality, editor: Client) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    content = picture("JPEG", exif=exif.tobytes())
    assert b"secret place" in content
    assert send(editor, content)[0] == 200
    assert b"secret place" not in ChapterImage.objects.get().file.read()


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7",
        b"",
        b"\x89PNG\r\n\x1a\n broken",
    ],
)
def test_anything_else_is_refused_with_a_sentence(
    in_scope: Municipality, editor: Client, content: bytes
) -> None:
    status, answer = send(editor, content, "図面.svg")
    assert status == 422
    if content:
        assert "「図面.svg」は図として読み取れませんでした" in answer["error"]
    assert not ChapterImage.objects.exists()


def test_a_picture_of_a_format_we_do_not_take_is_refused(
    in_scope: Municipality, editor: Client
) -> None:
    status, answer = send(editor, picture("BMP"), "図.bmp")
    assert status == 422
    assert "PNG、JPEG、GIF、WebP" in answer["error"]


def test_too_many_bytes_and_too_many_pixels_are_refused(
    in_scope: Municipality, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_services, "MAX_BYTES", 50)
    assert "上限の20MBを超えています" in send(editor, picture("PNG"))[1]["error"]
    monkeypatch.setattr(image_services, "MAX_BYTES", 10_000)
    monkeypatch.setattr(image_services, "MAX_PIXELS", 1_000)
    assert "40×30画素" in send(editor, picture("PNG"))[1]["error"]
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 500)  # Pillow refuses more than twice as many
    status, answer = send(editor, picture("PNG"))
    assert status == 422 and "1,000を超える画素があり、大きすぎます" in answer["error"]


def test_no_file_is_refused(in_scope: Municipality, editor: Client) -> None:
    assert editor.post("/139998/images/").status_code == 422


def test_only_editors_add_and_only_members_see_pictures(
    in_scope: Municipality,
    editor: Client,
    client_for: ClientFactory,
    other_municipality: Municipality,
) -> None:
    url = send(editor, picture("PNG"))[1]["url"]
    viewer = client_for(Role.VIEWER)
    assert viewer.get(url).status_code == 200
    assert viewer.post("/139998/images/").status_code == 403
    stranger = client_for(Role.EDITOR, municipality=other_municipality)
    assert stranger.get(url).status_code == 404
    assert stranger.get(url.replace("139998", "279994")).status_code == 404


def test_a_block_shows_real_rows(in_scope: Municipality, editor: Client) -> None:
    for number in range(25):
        Policy.objects.create(municipality=in_scope, name=f"方針{number:02}", content="中身")
    page = editor.get("/139998/blocks/", {"code": "c-1", "columns": "name"}).content.decode()
    assert "方針00" in page
    assert "方針24" not in page
    assert "ほかに5行あります" in page
    assert "中身" not in page
    one = editor.get("/139998/blocks/", {"code": "c-1", "filter": "name=方針24"}).content.decode()
    assert "方針24" in one
    assert "方針00" not in one
    gone = editor.get("/139998/blocks/", {"code": "x-none"})
    assert "表「x-none」はこのシステムにありません。" in gone.content.decode()
    assert editor.get("/139998/blocks/", {"code": "x-none", "options": "1"}).status_code == 404


def test_a_block_never_shows_personal_data(in_scope: Municipality, editor: Client) -> None:
    person = Person.objects.create(municipality=in_scope, name="柏崎 太郎")
    ResponseRole.objects.create(
        municipality=in_scope,
        structure="disaster",
        role_name="責任者",
        person=person,
        duties="指揮",
    )
    page = editor.get("/139998/blocks/", {"code": "8"}).content.decode()
    assert "責任者" in page
    assert "柏崎 太郎" not in page
    options = editor.get("/139998/blocks/", {"code": "8", "options": "1"})
    assert "柏崎 太郎" not in options.content.decode()


def test_what_can_be_chosen_about_a_block(in_scope: Municipality, editor: Client) -> None:
    answer = editor.get("/139998/blocks/", {"code": "8", "options": "1"}).json()
    assert {"name": "role_name", "label": "役割名"} in answer["columns"]
    structure = next(item for item in answer["filters"] if item["name"] == "structure")
    assert ["disaster", "災害時"] in structure["choices"]


def test_filters_offer_choices_answers_and_what_rows_refer_to() -> None:
    columns = (
        Column("kind", "種別", Kind.CHOICE, choices=(("a", "甲"), ("b;c", "乙"))),
        Column("ok", "可否", Kind.BOOLEAN),
        Column("site", "建物", Kind.REFERENCE),
        Column("who", "氏名", Kind.REFERENCE, personal=True),
        Column("name", "名称"),
    )
    site = {"uid": "u1", "text": "本庁舎"}
    rows = (
        TableRow("1", {"site": site, "who": {"uid": "p1", "text": "太郎"}}),
        TableRow("2", {"site": site}),
        TableRow("3", {"site": None}),
    )
    filters = block_options(Table("x", "表", columns, rows))["filters"]
    assert [(item["name"], item["choices"]) for item in filters] == [
        ("kind", [["a", "甲"]]),
        ("ok", [["true", "はい"], ["false", "いいえ"]]),
        ("site", [["u1", "本庁舎"]]),
    ]


def test_heads_merge_neighbours_of_one_group() -> None:
    plain = [Column("a", "甲"), Column("b", "乙")]
    assert head_rows(plain) == [[HeadCell("甲"), HeadCell("乙")]]
    grouped = [Column("a", "甲"), Column("b", "乙", group="数"), Column("c", "丙", group="数")]
    assert head_rows(grouped) == [
        [HeadCell("甲", rowspan=2), HeadCell("数", colspan=2)],
        [HeadCell("乙"), HeadCell("丙")],
    ]
