"""Refuses passwords that somebody who knows the town, the person or this program would try.

Django's own rules know English lists. What remains of a password when known words, names, years
and runs are taken out of it must still be long enough to be a secret.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import jaconv
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django_scopes import scopes_disabled

from bcp_portal.accounts.demo import DEMO_PASSWORD
from bcp_portal.accounts.models import Membership

LEAST_OF_ONES_OWN = 6
_WORDS_FILE = Path(__file__).with_name("password_words.txt")
_SHORTEST_WORD = 2
_YEAR_OR_DATE = re.compile(
    r"(19|20)\d\d([01]\d[0-3]\d)?|(?<!\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)[rhs]\d{1,2}(?!\d)"
)
_SIGNS_AS_LETTERS = (
    str.maketrans("013457@$!", "oieastasi"),
    str.maketrans("013457@$!", "oleastasl"),
)
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LONGEST_OF_A_RUN = 3  # "abcd" counts as nothing, "abc" may stand in any word

# One romaji of the several that are written: 訓令式 as far as the two differ, long vowels short.
_SPELLINGS = (
    (r"sh(?=[auo])", "sy"),
    (r"ch(?=[auo])", "ty"),
    (r"j(?=[auo])", "zy"),
    (r"shi", "si"),
    (r"chi", "ti"),
    (r"tsu", "tu"),
    (r"ji", "zi"),
    (r"fu", "hu"),
    (r"ou|oo|oh(?![aiueo])", "o"),
    (r"uu", "u"),
    (r"m(?=[bmp])", "n"),
    (r"n'", "n"),
    (r"cch|tch", "tty"),
)


class JapaneseWordsValidator:
    """Asks for enough that is neither a known word nor about the person, their town or a date."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password made of known parts."""
        if password == DEMO_PASSWORD:
            raise ValidationError(
                "見本のパスワードは公開されています。別のパスワードにしてください。",
                code="password_is_published",
            )
        if len(own_part(password, about(user))) < LEAST_OF_ONES_OWN:
            raise ValidationError(
                "氏名・団体名・役割・季節や年など、推測されやすい言葉だけでできています。"
                f"それらのほかに{LEAST_OF_ONES_OWN}文字以上を加えてください。",
                code="password_of_known_words",
            )

    def get_help_text(self) -> str:
        return (
            "氏名・読み・団体名・役割・製品名・季節・年など、推測されやすい言葉だけにはできません。"
            "関係のない言葉を3つ以上つなげると、覚えやすく破られにくくなります。"
        )


class CommonWithDigitsValidator(CommonPasswordValidator):
    """Django's list of common passwords, also with digits and signs around or after one."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a common password, written once or several times."""
        plain = password.lower()
        parts = dict.fromkeys(part for part in re.split(r"[\W_]+", plain) if part)
        letters = re.sub(r"[\d\W_]+", "", plain)
        for way in (plain, _repeated(plain), "".join(parts), _repeated(letters)):
            super().validate(way, user)


def own_part(password: str, about_person: Iterable[str] = ()) -> str:
    """Return what remains without known words, the given ones, years, runs, repetitions.

    The password is read as written, from behind, and with the letters that digits and signs stand
    for (p@ssw0rd); what remains least counts.
    """
    about_person = tuple(about_person)
    plain = password.lower()
    ways = [plain, plain[::-1], _YEAR_OR_DATE.sub(" ", plain)]
    ways += [way.translate(letters) for way in ways for letters in _SIGNS_AS_LETTERS]
    return min((_remains(way, about_person) for way in dict.fromkeys(ways)), key=len)


def _remains(password: str, about_person: Iterable[str]) -> str:
    text = folded(password)
    names = {folded(word) for word in about_person}
    words = sorted(known_words() | names, key=len, reverse=True)
    text = _YEAR_OR_DATE.sub(" ", text)
    for word in words:
        if len(word) >= _SHORTEST_WORD:
            text = text.replace(word, " ")
    for piece in _runs():
        text = text.replace(piece, " ")
    text = re.sub(r"(.)\1{2,}", " ", text)
    parts = [part for part in re.split(r"[\W_]+", text) if part]
    return "".join(dict.fromkeys(parts))


def about(user: Any) -> list[str]:
    """Return the words that anybody who knows this person would try: names, readings, town."""
    if user is None or user.pk is None:
        return []
    found = [user.username, user.display_name]
    with scopes_disabled():
        memberships = Membership.objects.filter(user=user).select_related(
            "municipality", "person", "department"
        )
        for membership in memberships:
            town, person = membership.municipality, membership.person
            found += [town.name, town.name[:-1], town.prefecture, town.prefecture[:-1], town.code]
            found += [str(membership.department or ""), *map(str, membership.role_labels)]
            if person is not None:
                found += [person.name, person.kana, *re.split(r"\s+", person.name)]
                found += re.split(r"\s+", person.kana)
    return [word for word in found if len(word) >= _SHORTEST_WORD]


def folded(text: str) -> str:
    """Return a text in one spelling: half width, small letters, kana as romaji, one romaji."""
    plain = unicodedata.normalize("NFKC", text).lower()
    romaji = jaconv.kana2alphabet(jaconv.kata2hira(plain).replace("ー", ""))
    for pattern, one in _SPELLINGS:
        romaji = re.sub(pattern, one, romaji)
    return romaji


@cache
def known_words() -> frozenset[str]:
    """Return the words of the list, in the spelling of `folded`."""
    lines = _WORDS_FILE.read_text(encoding="utf-8").splitlines()
    words = " ".join(line for line in lines if not line.startswith("#")).split()
    return frozenset(folded(word) for word in words if len(word) > _SHORTEST_WORD)


@cache
def _runs() -> tuple[str, ...]:
    """Return every piece of a run of the alphabet, the digits or the keyboard, longest first."""
    pieces = {
        way[start:end]
        for run in _RUNS
        for way in (run, run[::-1])
        for start in range(len(way))
        for end in range(start + _LONGEST_OF_A_RUN + 1, len(way) + 1)
    }
    return tuple(sorted(pieces, key=len, reverse=True))


def _repeated(text: str) -> str:
    """Return what a text repeats, or the text itself: himitsuhimitsu is himitsu."""
    found = re.fullmatch(r"(.+?)\1+", text)
    return found[1] if found else text
