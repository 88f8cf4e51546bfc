"""Examines every row of an archive before anything is written."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from bcp_portal.accounts.models import Municipality, User
from bcp_portal.archive.account_keys import ACCOUNT, key_fault
from bcp_portal.archive.contents import (
    Model,
    archived_fields,
    archived_models,
    key_fields,
    label_of,
    member_of,
)
from bcp_portal.archive.package import Package
from bcp_portal.archive.parts import archive_parts
from bcp_portal.archive.values import fault_of, text_fault
from bcp_portal.ui.errors import DomainError

UNKNOWN_MODEL = "アーカイブの中の「{path}」は、このプログラムにない表です。新しい版のプログラムに更新してから読み込んでください。"
UNREADABLE = "アーカイブの中の「{path}」の{line}行目が、JSONとして読めません。"
UNKNOWN_FIELD = (
    "アーカイブの中の「{path}」の{line}行目に、このプログラムにない項目「{name}」があります。"
)
LACKING = "アーカイブの中の「{path}」の{line}行目に、項目「{name}」がありません。"
BAD_VALUE = "アーカイブの中の「{path}」の{line}行目の「{name}」は、{fault}。"
TWICE = "アーカイブの中の「{path}」の{line}行目の識別子「{uid}」は、前の行と同じです。"
DANGLING = "アーカイブの中の「{path}」の{line}行目の「{name}」が指す「{uid}」が、アーカイブの中にありません。"
NO_FILE = "アーカイブの中の「{path}」の{line}行目の「{name}」のファイル（{sha256}…）が、アーカイブの中にありません。"
ONE_MUNICIPALITY = "アーカイブの中の「{path}」に、目録にある団体が1件だけあるはずです。"
COUNTS = "アーカイブの中の「{path}」の行数が、目録と違います（目録は{said}件、実際は{found}件）。"


@dataclass(frozen=True)
class _Place:
    path: str
    line: int
    name: str = ""


@dataclass
class ArchiveChecker:
    """Reads all rows once; `rows()` then yields them again, in the form of today."""

    package: Package
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    wanted: list[tuple[str, str, _Place]] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Raise DomainError, which names member and line, for the first thing that is wrong."""
        self._find_paths()
        for model in archived_models():
            path = self.paths.get(label_of(model))
            count = self._check_member(model, path) if path else 0
            if model is Municipality and count != 1:
                raise DomainError(ONE_MUNICIPALITY.format(path=member_of(model)))
        for label, uid, place in self.wanted:
            if uid not in self.names[label]:
                raise DomainError(DANGLING.format(**vars(place), uid=uid))
        self._check_kept()

    def rows(self, model: Model) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a model, brought to the present format."""
        path = self.paths.get(label_of(model))
        if path:
            for number, line in enumerate(self.package.lines(path), 1):
                yield self._row(_Place(path, number), line)

    def kept(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield name and SHA-256 of the files of one kept folder."""
        path = f"kept/{name}.jsonl"
        if self.package.has(path):
            for number, line in enumerate(self.package.lines(path), 1):
                raw = self._row(_Place(path, number), line)
                yield str(raw.get("name", "")), str(raw.get("sha256", ""))

    def _find_paths(self) -> None:
        known = {label_of(model) for model in archived_models()}
        for path in self.package.data_members():
            label = self.package.steps.model(_label_in(path))
            if label and label not in known:
                raise DomainError(UNKNOWN_MODEL.format(path=path))
            self.paths[label] = path
        for written, said in self.package.manifest.rows.items():
            path = f"data/{written}.jsonl"
            if said and not self.package.has(path):
                raise DomainError(COUNTS.format(path=path, said=said, found=0))

    def _check_member(self, model: Model, path: str) -> int:
        fields = archived_fields(model)
        count = 0
        for raw in self.rows(model):
            count += 1
            self._check_row(model, fields, raw, _Place(path, count))
        said = self.package.manifest.rows.get(_label_in(path))
        if said != count:
            raise DomainError(COUNTS.format(path=path, said=said, found=count))
        return count

    def _check_row(
        self, model: Model, fields: Mapping[str, Any], raw: Mapping[str, Any], place: _Place
    ) -> None:
        keyed = key_fields(model)
        for name in sorted(raw.keys() - fields.keys()):
            raise DomainError(UNKNOWN_FIELD.format(path=place.path, line=place.line, name=name))
        for name, model_field in fields.items():
            at = _Place(place.path, place.line, name)
            if name in raw:
                if name in keyed:
                    self._check_key(raw[name], at)
                else:
                    self._check_value(model_field, raw[name], at)
            elif not _may_lack(model_field):
                raise DomainError(LACKING.format(**vars(at)))
        uid = raw.get("username" if model is User else "uid")
        if uid is not None:
            if uid in self.names[label_of(model)]:
                raise DomainError(TWICE.format(path=place.path, line=place.line, uid=uid))
            self.names[label_of(model)].add(uid)

    def _check_key(self, value: Any, at: _Place) -> None:
        if fault := key_fault(value):
            raise DomainError(BAD_VALUE.format(**vars(at), fault=fault))
        if ACCOUNT in value:
            self.wanted.append((label_of(User), value[ACCOUNT], at))

    def _check_value(self, model_field: Any, value: Any, at: _Place) -> None:
        if fault := fault_of(model_field, value):
            raise DomainError(BAD_VALUE.format(**vars(at), fault=fault))
        if isinstance(model_field, models.FileField):
            sha256 = value["sha256"] if value else ""
            if sha256 and not self.package.has(f"files/{sha256}"):
                raise DomainError(NO_FILE.format(**vars(at), sha256=sha256[:12]))
        elif model_field.many_to_many or isinstance(model_field, models.ForeignKey):
            target = label_of(model_field.related_model)
            uids = value if isinstance(value, list) else [value] if value else []
            self.wanted += [(target, uid, at) for uid in uids if uid not in self.names[target]]

    def _check_kept(self) -> None:
        for path in (each for each in self.package.manifest.members if each.startswith("kept/")):
            name = path.removeprefix("kept/").removesuffix(".jsonl")
            if name not in archive_parts.kept_files:
                raise DomainError(UNKNOWN_MODEL.format(path=path))
            for number, (file, sha256) in enumerate(self.kept(name), 1):
                at = _Place(path, number, "name")
                if not file or "/" in file or "\\" in file or file.startswith("."):
                    raise DomainError(
                        BAD_VALUE.format(**vars(at), fault="使えないファイルの名前です")
                    )
                if not self.package.has(f"files/{sha256}"):
                    raise DomainError(NO_FILE.format(**vars(at), sha256=sha256[:12]))

    def _row(self, place: _Place, line: bytes) -> Mapping[str, Any]:
        try:
            text = line.decode()
            raw = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DomainError(UNREADABLE.format(**vars(place))) from error
        if not isinstance(raw, dict) or text_fault(text, raw):
            raise DomainError(UNREADABLE.format(**vars(place)))
        return self.package.steps.row(_label_in(place.path), raw)


def _label_in(path: str) -> str:
    return path.removeprefix("data/").removesuffix(".jsonl")


def _may_lack(model_field: Any) -> bool:
    """Tell whether a row written before the field existed can do without it."""
    return (
        model_field.many_to_many
        or model_field.has_default()
        or model_field.null
        or model_field.blank
        or (model_field.empty_strings_allowed and isinstance(model_field, models.FileField))
    )
