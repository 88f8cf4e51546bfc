"""Finds what was altered, removed, inserted or reordered among the editions behind their back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.proven_files import sha256_in
from bcp_portal.audit.models import Entry
from bcp_portal.audit.seal_proofs import SealVerdict, verify_seals
from bcp_portal.ui.eras import DateStyle, format_date
from plans.chapters.models.image import ChapterImage
from plans.document.canonical import content_sha256, sha256_of
from plans.editions.chain import GENESIS, chain_hash
from plans.editions.disposed_editions import GoneEdition, gone_editions
from plans.editions.file_proofs import earlier_faults, kept_file_faults, pdf_faults, picture_faults
from plans.editions.log_words import ISSUED
from plans.editions.models.earlier_edition import EarlierEdition
from plans.editions.models.edition import Edition
from plans.revisions.dossiers import dossier_faults
from plans.revisions.models.revision import Decision
from plans.revisions.paper_proofs import paper_faults


@dataclass(frozen=True)
class EditionVerdict:
    """What the examination of one municipality's editions found; `last` is the chain's end.

    `notes` say what could not be proven, because it is of before there was a proof.
    """

    municipality: Municipality
    count: int
    last: str
    faults: list[str]
    notes: list[str] = field(default_factory=list)


def verify_editions(
    municipality: Municipality, *, noted: tuple[int, str] | None = None
) -> EditionVerdict:
    """Examine every edition, its contents, files, chain and issue, and all it came to be by.

    That are revisions, submissions, decisions, papers, routes, statements and pictures. `noted` is
    (number, hash) of an edition, written down outside. A log that was altered itself is found by
    verify_audit.
    """
    with scope(municipality=municipality):
        keys = list(Edition.objects.order_by("sequence", "pk").values_list("pk", "sequence"))
        gone = gone_editions()
        chain = _Chain()
        faults: list[str] = []
        for pk, sequence in keys:
            while gone and gone[0].sequence < sequence:
                faults += chain.pass_over(gone.pop(0))
            faults += chain.examine(pk)
        faults += [fault for each in gone for fault in chain.pass_over(each)]
        faults += chain.faults_against(_issues_in_log())
        if noted and noted not in chain.links:
            faults.append(f"{noted[0]}番目に発行した版が、控えておいた値と一致しません。")
        seals = verify_seals()
        faults += [
            *dossier_faults(sealed=seals.since is not None),
            *file_faults(municipality),
            *seals.faults,
        ]
        faults = list(dict.fromkeys(faults))
        return EditionVerdict(
            municipality, len(keys), chain.hash, faults, _notes(municipality, seals)
        )


class _Chain:
    """Walks the editions one by one, so that only one is in memory at a time."""

    def __init__(self) -> None:
        self.sequence = 0
        self.hash = GENESIS
        self.pk: int | None = None
        self.hashes: dict[str, tuple[str, str]] = {}
        self.links: set[tuple[int, str]] = set()

    def pass_over(self, gone: GoneEdition) -> Iterator[str]:
        """Yield what is wrong with the place of an edition that was disposed of."""
        if (gone.sequence, gone.previous_hash) != (self.sequence + 1, self.hash):
            yield f"廃棄した{gone.label}が直前の版とつながりません。"
        self.sequence, self.hash, self.pk = gone.sequence, gone.chain_hash, None
        self.links.add((gone.sequence, gone.chain_hash))

    def examine(self, pk: int) -> Iterator[str]:
        """Yield what is wrong with one edition, which should follow the one examined before."""
        try:
            edition = Edition.objects.select_related("municipality").get(pk=pk)
        except ValueError:
            self.sequence += 1
            known = Edition.objects.filter(pk=pk).values_list("label", "uid", "chain_hash")
            label, uid, self.hash = known[0]
            self.pk, self.hashes[str(uid)] = pk, (label, self.hash)
            yield f"{label}の内容は、書き換えられて読み取れません。"
            return
        yield from self._place_faults(edition)
        yield from _content_faults(edition)
        yield from _file_faults(edition)
        self.sequence, self.hash, self.pk = edition.sequence, edition.chain_hash, edition.pk
        self.links.add((edition.sequence, edition.chain_hash))
        self.hashes[str(edition.uid)] = (edition.label, edition.chain_hash)

    def _place_faults(self, edition: Edition) -> Iterator[str]:
        if edition.sequence != self.sequence + 1:
            yield f"{edition.label}の前の版が削除されているか、発行の順番が書き換えられています。"
        if edition.previous_hash != self.hash or edition.previous_id != self.pk:
            yield (
                f"{edition.label}が直前の版とつながりません。"
                "挿入、削除、並べ替え、または直前の版の書き換えがあります。"
            )

    def faults_against(self, log: Mapping[str, tuple[str, str]]) -> list[str]:
        """Compare the editions with their issues in the operation log, which has its own chain."""
        faults = []
        for uid, (label, _) in log.items():
            if uid not in self.hashes:
                faults.append(f"{label}は、発行の記録があるのに削除されています。")
        for uid, (label, hashed) in self.hashes.items():
            if uid not in log:
                faults.append(f"{label}は、発行の記録がないのに挿入されています。")
            elif log[uid][1] != hashed:
                faults.append(f"{label}の連鎖値が、操作記録にある発行時の値と一致しません。")
        return faults


def _notes(municipality: Municipality, seals: SealVerdict) -> list[str]:
    if not seals.unsealed:
        return []
    said = "決定・提出・経路などの記録"
    if seals.since is None:
        return [f"{said}{seals.unsealed}件には、まだ封がありません。次に書き込むときから付きます。"]
    day = format_date(timezone.localdate(seals.since), DateStyle(municipality.date_style))
    return [
        f"{said}の封は{day}から付いています。それより前の{seals.unsealed}件には封がなく、"
        "版と操作記録に写されている内容だけを比べました。"
    ]


def _issues_in_log() -> dict[str, tuple[str, str]]:
    """Return label and chain hash by uid, as the operation log noted them."""
    issues = Entry.objects.filter(action=ISSUED, target_type=Edition._meta.label_lower)
    entries = issues.filter(disposed_in=0)  # of those that were disposed of it says nothing more
    rows = entries.values_list("target_uid", "target_label", "note")
    return {uid: (label, note.rpartition(" ")[2]) for uid, label, note in rows}


def _content_faults(edition: Edition) -> Iterator[str]:
    if edition.content_sha256 != content_sha256(edition.document, edition.rows):
        yield f"{edition.label}の文書または行が、発行の後に書き換えられています。"
    public = sha256_of(edition.public_document) if edition.public_document is not None else ""
    if edition.public_sha256 != public:
        yield f"{edition.label}の公開版の文書が、発行の後に書き換えられています。"
    if edition.chain_hash != chain_hash(edition):
        yield f"{edition.label}の版数・施行日・決定した人などの記録が、発行の後に書き換えられています。"


def _file_faults(edition: Edition) -> Iterator[str]:
    yield from pdf_faults(edition)
    yield from _picture_faults(edition)
    yield from kept_file_faults(edition)


def _picture_faults(edition: Edition) -> Iterator[str]:
    """Name pictures of the texts that are gone or no longer what their name says."""
    document = edition.document if isinstance(edition.document, dict) else {}
    wanted = list(document.get("images", ()))
    stored = {image.sha256: image for image in ChapterImage.objects.filter(sha256__in=wanted)}
    for sha256 in wanted:
        image = stored.get(sha256)
        if image is None or sha256_in(image.file) != sha256:
            yield f"{edition.label}の本文の図（{sha256[:12]}…）が、失われたか書き換えられています。"


def file_faults(municipality: Municipality) -> Iterator[str]:
    """Yield the files of the municipality in scope that are lost or changed, other than of editions."""
    for image in ChapterImage.objects.order_by("pk"):
        yield from picture_faults(image)
    decisions = Decision.objects.exclude(paper_sha256="")
    for decision in decisions.select_related("submission__revision").order_by("pk"):
        yield from paper_faults(decision)
    for each in EarlierEdition.objects.order_by("pk"):
        yield from earlier_faults(each)
