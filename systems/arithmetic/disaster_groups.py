"""Tells whether two places would be lost in the same disaster."""

HIT_TOGETHER_LABELS = {"yes": "あり", "no": "なし", "unknown": "不明"}


def hit_together(first: int | None, second: int | None, first_group: str, second_group: str) -> str:
    """Return yes, no or unknown for two sites (by id) and their 同時被災区分.

    The same site or the same group is yes; a site without a group cannot be judged; without two
    sites there is no question, and the answer is blank.
    """
    if first is None or second is None:
        return ""
    if first == second:
        return "yes"
    if not first_group or not second_group:
        return "unknown"
    return "yes" if first_group == second_group else "no"
