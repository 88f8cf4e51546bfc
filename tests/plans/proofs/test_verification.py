"""One byte changed outside the program is found, in every place."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, connection, transaction
from django_scopes import scope
from PIL import Image

from bcp_portal.accounts.models import Municipality
from plans.chapters.image_services import add_image
from plans.chapters.models.image import ChapterImage
from plans.editions import chain
from plans.editions.models.edition import Edition
from plans.models import Chapter
from plans.proofs.verification import verify_editions
from tests.plans.editions.making import a_plan, issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions(in_scope: Municipality) -> list[Edition]:
    """Issue three editions of a plan with a picture."""
    a_plan(in_scope)
    picture = BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    picture.seek(0)
    image = add_image(
        municipality=in_scope, actor=None, name="図.png", file=picture, size=picture.tell()
    )
    Chapter.objects.filter(title="目的").update(body=f'<p><img src="image:{image.sha256}"></p>')
    return [issued(in_scope, reason=f"{number}回目の改定") for number in (1, 2, 3)]


def faults(municipality: Municipality) -> str:
    return "\n".join(verify_editions(municipality).faults)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def replace_in(column: str, old: str, new: str, edition: Edition) -> None:
    """Change characters in a column, as somebody with access to the database would."""
    cast = "::jsonb" if connection.vendor == "postgresql" and column in JSON_COLUMNS else ""
    text = "::text" if cast else ""
    statement = (
        f"UPDATE plans_edition SET {column} = REPLACE({column}{text}, %s, %s){cast} WHERE id = %s"
    )
    before = _text(column, edition)
    sql(statement, old, new, edition.pk)
    assert _text(column, edition) != before


JSON_COLUMNS = {"document", "rows", "deciders", "drafter", "coverage", "public_document"}


def _text(column: str, edition: Edition) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM plans_edition WHERE id = %s", [edition.pk])
        return str(cursor.fetchone()[0])


def test_untouched_editions_have_no_fault(in_scope: Municipality, editions: list[Edition]) -> None:
    verdict = verify_editions(in_scope)
    assert verdict.faults == []
    assert (verdict.count, verdict.last) == (3, editions[2].chain_hash)


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("document", "image:", "imagE:"),
        ("rows", '"note"', '"notE"'),
        ("reason", "2回目", "3回目"),
        ("label", "第2版", "第9版"),
        ("short_code", "", "X"),
        ("content_sha256", "", "f"),
        ("submitted_sha256", "", "f"),
        ("pdf_sha256", "", "f"),
        ("kind", "major", "minor"),
        ("document_number", "", "情政第9号"),
        ("previous_hash", "", "0"),
        ("chain_hash", "", "0"),
    ],
)
def test_one_changed_character_is_found(
    in_scope: Municipality, editions: list[Edition], column: str, old: str, new: str
) -> None:
    if old:
        replace_in(column, old, new, editions[1])
    else:
        changed = new * len(str(getattr(editions[1], column))) or new
        sql(f"UPDATE plans_edition SET {column} = %s WHERE id = %s", changed, editions[1].pk)
    label = "第9版" if column == "label" else "第2版"
    assert label in faults(in_scope)


def test_a_changed_decider_is_found(in_scope: Municipality, editions: list[Edition]) -> None:
    edition = Edition.objects.get(pk=editions[0].pk)
    changed = [{**edition.deciders[0], "name": "承認 二郎"}]
    with connection.cursor() as cursor:
        value = connection.ops.adapt_json_value(changed, None)  # type: ignore[attr-defined]
        cursor.execute("UPDATE plans_edition SET deciders = %s WHERE id = %s", [value, edition.pk])
    assert Edition.objects.get(pk=edition.pk).deciders[0]["name"] == "承認 二郎"
    assert "初版の版数・施行日・決定した人" in faults(in_scope)


@pytest.mark.parametrize("file", ["pdf", "masked_pdf", "public_pdf"])
def test_one_byte_of_a_pdf_is_found(
    in_scope: Municipality, editions: list[Edition], file: str
) -> None:
    path = Path(getattr(editions[1], file).path)
    content = bytearray(path.read_bytes())
    content[5] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    assert "第2版の" in faults(in_scope)
    assert "PDFが、発行の後に書き換えられています。" in faults(in_scope)


def test_a_lost_pdf_is_found(in_scope: Municipality, editions: list[Edition]) -> None:
    Path(editions[2].pdf.path).unlink()
    assert faults(in_scope) == "第3版のPDFのファイルがありません。"


def test_a_changed_picture_is_found(in_scope: Municipality, editions: list[Edition]) -> None:
    path = Path(ChapterImage.objects.get().file.path)
    path.write_bytes(path.read_bytes() + b"x")
    assert "初版の本文の図" in faults(in_scope)


def test_a_document_that_is_no_longer_one_is_found(
    in_scope: Municipality, editions: list[Edition]
) -> None:
    sql("UPDATE plans_edition SET document = '[]' WHERE id = %s", editions[1].pk)
    assert "第2版の文書または行が、発行の後に書き換えられています。" in faults(in_scope)


def test_an_edition_that_cannot_be_read_is_named(
    in_scope: Municipality, editions: list[Edition]
) -> None:
    statement = "UPDATE plans_edition SET effective_on = '9999-99-99' WHERE id = %s"
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            sql(statement, editions[1].pk)
        return
    sql(statement, editions[1].pk)
    found = faults(in_scope)
    assert found == "第2版の内容は、書き換えられて読み取れません。"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_edition_is_found(
    in_scope: Municipality, editions: list[Edition], place: int
) -> None:
    gone = editions[place]
    if place < 2:
        sql("UPDATE plans_edition SET previous_id = NULL WHERE previous_id = %s", gone.pk)
    sql("DELETE FROM plans_edition WHERE id = %s", gone.pk)
    assert f"{gone.label}は、発行の記録があるのに削除されています。" in faults(in_scope)


def test_an_inserted_edition_is_found(in_scope: Municipality, editions: list[Edition]) -> None:
    """Even one with right hashes, which only lacks its issue in the operation log."""
    forged = Edition.objects.get(pk=editions[2].pk)
    forged.pk = None
    forged._state.adding = True
    forged.uid, forged.revision_uid = forged.uid.__class__(int=1), forged.uid.__class__(int=2)
    forged.sequence, forged.number_major, forged.label = 4, 4, "第4版"
    forged.previous, forged.previous_hash = editions[2], editions[2].chain_hash
    forged.short_code = "FFFFFFFF"
    forged.chain_hash = chain.chain_hash(forged)
    forged.save()
    assert faults(in_scope) == "第4版は、発行の記録がないのに挿入されています。"


def test_changed_order_is_found(in_scope: Municipality, editions: list[Edition]) -> None:
    for pk, sequence in ((editions[0].pk, 99), (editions[1].pk, 1), (editions[0].pk, 2)):
        sql("UPDATE plans_edition SET sequence = %s WHERE id = %s", sequence, pk)
    found = faults(in_scope)
    assert "第2版が直前の版とつながりません。" in found
    assert "初版が直前の版とつながりません。" in found


def test_an_edition_rewritten_with_all_its_hashes_is_found(
    in_scope: Municipality, editions: list[Edition]
) -> None:
    edition = Edition.objects.get(pk=editions[2].pk)
    edition.reason = "別の理由"
    rewritten = chain.chain_hash(edition)
    sql(
        "UPDATE plans_edition SET reason = %s, chain_hash = %s WHERE id = %s",
        "別の理由",
        rewritten,
        edition.pk,
    )
    assert faults(in_scope) == "第3版の連鎖値が、操作記録にある発行時の値と一致しません。"


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("verify_editions", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_proves_or_ends_with_an_error(
    in_scope: Municipality, editions: list[Edition], other_municipality: Municipality
) -> None:
    proven = run()
    assert "見本市（139998）: 3件の版に改ざんはありません。" in proven
    assert f"末尾 3:{editions[2].chain_hash}" in proven
    assert "隣町（279994）: 0件の版に改ざんはありません。" in proven
    sql("UPDATE plans_edition SET reason = '別' WHERE id = %s", editions[0].pk)
    with pytest.raises(CommandError, match="版に改ざんがあります: 見本市（139998）") as failed:
        run("139998")
    assert failed.value.returncode == 1
    assert "0件の版に改ざんはありません。" in run("279994")
    with pytest.raises(CommandError, match="登録されていません"):
        run("000000")


def test_editions_of_each_municipality_have_their_own_chain(
    in_scope: Municipality, editions: list[Edition], other_municipality: Municipality
) -> None:
    with scope(municipality=other_municipality):
        a_plan(other_municipality)
        issued(other_municipality)
    assert verify_editions(in_scope).faults == []
    assert verify_editions(other_municipality).faults == []
