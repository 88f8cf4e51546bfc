"""One disaster to begin with as a row of 様式14-1, for an office that has none assumed yet."""

from plans.annexes.presets import Cells

FIRST_SCENARIO: Cells = {
    "name": "大規模な地震（夜間・休日）",
    "event": "大規模災害（地震・風水害等）",
    "kinds": "震災",
    "occurs_at": "冬の日曜日 18時",
    "time_band": "勤務時間外",
    "scale": "庁舎の周りが震度6強で揺れ、停電と断水が3日続き、電話がつながりにくい。",
    "intensity": "6強",
    "threat_level": "レベル3（全部が停止するおそれ）",
}
