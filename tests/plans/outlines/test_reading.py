"""The files of outlines: what is written there is what stands in the chapters, and a slip is named."""

import pytest

from plans.outlines.reading import OutlineFileError, read_chapters

TEXT = """# 目的
key: purpose
placement: front

本文の一行目で、
続きの行。

・項目
---
手引きの文。

もう一つの段落。

## 節
### 項

# 体制
"""


def test_facts_text_and_guidance_are_told_apart() -> None:
    first, second = read_chapters(TEXT)
    assert (first.title, first.key, first.placement) == ("目的", "purpose", "front")
    assert first.body == "本文の一行目で、\n続きの行。\n\n・項目"
    assert first.guidance == "手引きの文。\n\nもう一つの段落。"
    assert [each.title for each in first.walk()] == ["目的", "節", "項"]
    assert (second.title, second.key, second.placement, second.sections) == ("体制", "", "body", ())


def test_a_fact_within_the_text_is_text() -> None:
    [chapter] = read_chapters("# 章\nkey: a\n\n本文\nkey: b\n")
    assert (chapter.key, chapter.body) == ("a", "本文\nkey: b")


@pytest.mark.parametrize(
    ("text", "said"),
    [("本文\n# 章", "line 1: no heading"), ("# 章\n### 項", "line 2: ### 項 lies too deep")],
)
def test_a_slip_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(OutlineFileError, match=said):
        read_chapters(text)
