"""Tells the name of a department, alone on its line, from that of a person or a system; pure."""

import re
import unicodedata
from dataclasses import dataclass

from bcp_portal.ui.text import match_key

_UNIT = re.compile(r"(?:[部課局]|委員会)$")
_UNIT_AMONG_PEOPLE = re.compile(
    r"(?:[部課局室係班]|支所|出張所|分室|委員会|消防署|センター|グループ|チーム|担当)$"
)
_COUNTED = re.compile(r"[\s(]*(?:計\s*)?\d+\s*[名人]\)?$")
# A person of whom a list says nothing but the surname is still a person.
_SURNAMES = """
安部 阿部 我孫部 磯部 岩部 忌部 植部 卜部 占部 海部 岡部 刑部 忍部 織部 笠部 勝部 軽部 神部
北部 日下部 草部 隈部 黒部 是部 酒部 坂部 阪部 下部 設部 菅部 諏訪部 瀬部 園部 曽我部 曾我部 長曽我部
長宗我部 高部 財部 武部 竹部 建部 田部 玉部 戸部 富部 鳥部 長部 中部 那部 名部 南部 西部 錦部
丹部 額田部 野部 羽部 長谷部 服部 土師部 春部 伴部 日部 広部 廣部 福部 古部 堀部 牧部 真部 間部
三部 水部 溝部 宮部 壬生部 物部 森部 門部 矢部 八部 山部 弓部 吉部 和部 渡部 綿部 東部 氷室
小室 大室 三室 御室 石室 岩室 諸室 神室 馬室 班
"""


@dataclass(frozen=True)
class UnitNames:
    """What heads a section of a list: departments known by name, and what is called like one.

    `known` are names folded by `match_key`. Among systems fewer endings tell a department.
    """

    known: frozenset[str] = frozenset()
    among_people: bool = False

    def has(self, text: str) -> bool:
        """Tell whether a text is the name of a department, with or without a number of people."""
        name = _COUNTED.sub("", unicodedata.normalize("NFKC", text).strip())
        if match_key(name) in self.known:
            return True
        ending = _UNIT_AMONG_PEOPLE if self.among_people else _UNIT
        return bool(ending.search(name)) and name not in _SURNAMES.split()
