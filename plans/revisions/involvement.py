"""Says who had a hand in a revision and therefore never decides it: a function of plain data.

A new reason for which somebody counts as such goes here; what it needs to know of people goes to
`Whereabouts` (filled by `people.py`) or, as it was at submit, to `FrozenParties` (filled by
`current_parties.py`, within the digest). `rules.py` and `deciders.py` ask here, and `second_person.py` for
who confirms a statement or a disposal: a reason that depends on action, seat or rank is no matter of
a hand in something and belongs to `rules.py` (`_answer` for who presses, `unable_reason` for lists).
"""

from plans.revisions.parties import Situation


class OwnPart(str):
    """Why somebody may not decide what they had a hand in, with `short` for a list of people."""

    short: str

    def __new__(cls, text: str, short: str) -> "OwnPart":
        own = super().__new__(cls, text)
        own.short = short
        return own


OWN_DRAFT = OwnPart(
    "起案または提出をした人は、その改定を確認・承認・差戻しできません。"
    "役割が変わっても、別の利用者IDでも、代行でも同じです。",
    "起案した本人です",
)
NAMESAKE = OwnPart(
    "起案または提出をした人と、氏名と所属が同じ職員として登録されているため、"
    "その改定を確認・承認・差戻しできません。別の人のときは、この改定に"
    "関わっていない編集者か連絡先管理者に、「職員・関係者」のよみか所属を正しく登録するよう"
    "依頼してください。",
    "起案した人と氏名と所属が同じです",
)
ALIKE_AT_SUBMIT = OwnPart(
    "提出した時に、起案・提出をした人または変更を書いた人と氏名と所属が同じ職員として登録されていたため、"
    "この改定を確認・承認・差戻しできません。別の人のときは、登録を正しくしてから、"
    "いったん取り下げて提出し直してもらってください。",
    "提出した時に、起案または変更を書いた人と氏名と所属が同じでした",
)
TOUCHED = OwnPart(
    "提出の後に、この改定を起案した人または変更を書いた人が、あなたの「職員・関係者」の登録または利用者を"
    "加えたか変えたため、同じ人とみなされ、この改定を確認・承認・差戻しできません。別の人のときは、"
    "いったん取り下げて提出し直してもらってください。",
    "提出の後に、起案または変更を書いた人が登録を変えています",
)
WROTE = "あなたは、この改定で変わるところ（{parts}）を書いたため、確認・承認・差戻しできません。"
WROTE_SHORT = "変わるところを書いた本人です"
WROTE_ALIKE = "変わるところを書いた人と氏名と所属が同じです"


def own_part(situation: Situation, *, user_key: int | None, person_uid: str) -> OwnPart | None:
    """Return why this human being had a hand in the revision, or seems to have; None if not.

    Known by account, by person, and by the person now behind a contributing account; who is
    the same person, and who wrote what changes, as it was when it was submitted.
    """
    accounts = {each.user_key for each in situation.contributors}
    persons = {each.person_uid for each in situation.contributors if each.person_uid}
    persons |= {uid for uid, each in situation.people.items() if each.user_key in accounts}
    if user_key in accounts or person_uid in persons:
        return OWN_DRAFT
    known = situation.people.get(person_uid)
    if known and known.namesakes & persons:
        return NAMESAKE
    return _own_by_frozen(situation, user_key, person_uid)


def _own_by_frozen(situation: Situation, user_key: int | None, person_uid: str) -> OwnPart | None:
    if situation.parties is None:
        return None
    known = situation.people.get(person_uid)
    names = {situation.usernames.get(user_key or 0, ""), known.username if known else ""} - {""}
    for hand in situation.parties.authors:
        if hand.username in names or (person_uid and hand.person_uid == person_uid):
            return OwnPart(WROTE.format(parts="、".join(hand.parts)), WROTE_SHORT)
    authors = {each.person_uid for each in situation.parties.authors if each.person_uid}
    if known and known.namesakes & authors:
        return OwnPart(ALIKE_AT_SUBMIT, WROTE_ALIKE)
    for hand in situation.parties.alike:
        if hand.username in names or (person_uid and hand.person_uid == person_uid):
            return ALIKE_AT_SUBMIT
    if person_uid in situation.since.touched_people or names & situation.since.touched_accounts:
        return TOUCHED
    return None
