"""Loads an archive into an installation that does not have the municipality; all of it, or nothing."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django_scopes import scope, scopes_disabled

from bcp_portal.accounts.codes import validate_municipality_code
from bcp_portal.accounts.models import Municipality, User
from bcp_portal.archive.checking import ArchiveChecker
from bcp_portal.archive.comparing import difference
from bcp_portal.archive.contents import archived_models, label_of, member_of, title_of
from bcp_portal.archive.files import FileLoader
from bcp_portal.archive.inserting import Inserter
from bcp_portal.archive.package import Package, opened_package
from bcp_portal.archive.parts import archive_parts
from bcp_portal.archive.raw import written_rows
from bcp_portal.audit.services import record
from bcp_portal.ui.errors import DomainError

LOADED = "アーカイブの読み込み"
HERE_ALREADY = "団体コード{code}の団体はこの環境にすでにあります（{name}）。アーカイブは、その団体のない環境にだけ読み込めます。"
ACCOUNT_TAKEN = (
    "利用者ID「{names}」は、この環境ですでに使われています。別の人かもしれないため、読み込みません。"
    "同じ人だと確かめたときは、--join-accounts を付けて読み込んでください。"
)
OTHER_CODE = "アーカイブの目録の団体コードと、団体の行の団体コードが違います。"
NOT_STORED = "アーカイブの中の「{path}」の行を保存できませんでした。ほかの行や、この環境にある行と重なっています。"
NOT_PROVEN = "読み込んだ内容を確かめたところ、改ざんまたは欠けが見つかったため、何も登録していません。\n{faults}"

OnStep = Callable[[str], None]


def load_archive(
    path: Path,
    *,
    join_accounts: bool = False,
    accept_faults: bool = False,
    on_step: OnStep = lambda step: None,
) -> Municipality:
    """Load an archive and return its municipality.

    Everything is checked before anything is written; then everything is written in one
    transaction, read back, compared and proven. DomainError (Japanese) says why not. With
    `join_accounts` accounts of the same name are taken for the same people; with `accept_faults`
    a log or edition that was broken when it was archived does not hinder.
    """
    with opened_package(path) as package:
        checker = _checked(package, join_accounts, on_step)
        files = FileLoader(package)
        try:
            with transaction.atomic():
                municipality = _load(checker, files, on_step)
                faults = _faults(municipality, on_step)
                if faults and not accept_faults:
                    raise DomainError(NOT_PROVEN.format(faults="\n".join(faults)))
                _record(municipality, package, path)
        except BaseException:
            files.remove_all()
            raise
    return municipality


def _checked(package: Package, join_accounts: bool, on_step: OnStep) -> ArchiveChecker:
    on_step("目録とファイルを確かめています。")
    code = package.manifest.code
    existing = Municipality.objects.filter(code=code).first()
    if existing:
        raise DomainError(HERE_ALREADY.format(code=code, name=existing.name))
    package.prove()
    on_step("行を確かめています。")
    checker = ArchiveChecker(package)
    checker.check()
    stated = next(iter(checker.rows(Municipality)))["code"]
    try:
        validate_municipality_code(stated)
    except ValidationError as error:
        raise DomainError(error.messages[0]) from error
    if stated != code:
        raise DomainError(OTHER_CODE)
    taken = sorted(_existing_accounts(checker))
    if taken and not join_accounts:
        raise DomainError(ACCOUNT_TAKEN.format(names="、".join(taken)))
    return checker


def _existing_accounts(checker: ArchiveChecker) -> dict[str, int]:
    names = checker.names[label_of(User)]
    return dict(User.objects.filter(username__in=names).values_list("username", "pk"))


def _load(checker: ArchiveChecker, files: FileLoader, on_step: OnStep) -> Municipality:
    inserter = Inserter(files.store)
    known = _existing_accounts(checker)
    inserter.keys[label_of(User)].update(known)
    path = ""
    try:
        with scopes_disabled():
            for model in archived_models():
                path = member_of(model)
                rows = checker.rows(model)
                if model is User:
                    rows = (raw for raw in rows if raw["username"] not in known)
                count = inserter.insert(model, rows)
                if count:
                    on_step(f"{count:8,}件　{title_of(model)}")
            inserter.connect()
    except DatabaseError as error:
        raise DomainError(NOT_STORED.format(path=path)) from error
    municipality = inserter.municipality
    assert municipality is not None  # noqa: S101 - the check has found exactly one
    _store_kept(checker, files, municipality)
    _compare(checker, municipality, known, on_step)
    return municipality


def _store_kept(checker: ArchiveChecker, files: FileLoader, municipality: Municipality) -> None:
    for kept in archive_parts.kept_files.values():
        storage, folder = kept.storage(), kept.folder(municipality)
        for name, sha256 in checker.kept(kept.name):
            if not storage.exists(f"{folder}/{name}"):
                files.store_at(storage, f"{folder}/{name}", sha256)


def _compare(
    checker: ArchiveChecker, municipality: Municipality, joined: dict[str, int], on_step: OnStep
) -> None:
    """Read every row back, and find it as it was in the archive."""
    on_step("読み込んだ行とファイルを、アーカイブと比べています。")
    with scope(municipality=municipality):
        for model in archived_models():
            expected = checker.rows(model)
            stored = written_rows(model, municipality)
            if model is User:
                expected = (raw for raw in expected if raw["username"] not in joined)
                stored = (raw for raw in stored if raw["username"] not in joined)
            fault = difference(member_of(model), expected, stored)
            if fault:
                raise DomainError(fault)


def _faults(municipality: Municipality, on_step: OnStep) -> list[str]:
    on_step("操作記録と版を確かめています。")
    with scope(municipality=municipality):
        return [fault for proof in archive_parts.proofs.values() for fault in proof(municipality)]


def _record(municipality: Municipality, package: Package, path: Path) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    manifest = package.manifest
    note = f"{manifest.made_at}に作成したアーカイブ SHA-256 {digest.hexdigest()}"
    with scope(municipality=municipality):
        record(municipality=municipality, actor=None, action=LOADED, target=municipality, note=note)
