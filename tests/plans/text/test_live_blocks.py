"""A chapter names a table; the text around it stays whole."""

from plans.text.live_blocks import (
    LiveBlock,
    block_html,
    filters_text,
    parse_columns,
    parse_filters,
    split_body,
)


def test_a_body_is_split_at_its_blocks_in_order() -> None:
    body = (
        "<p>前</p>"
        + block_html("17", ["system", "rto"], {"biz_class": "info"})
        + "<p>間</p><ul><li>続き</li></ul>"
        + block_html("c-1")
    )
    assert split_body(body) == [
        "<p>前</p>",
        LiveBlock("17", ("system", "rto"), {"biz_class": "info"}),
        "<p>間</p><ul><li>続き</li></ul>",
        LiveBlock("c-1"),
    ]


def test_what_a_block_wants_survives_being_written_and_read() -> None:
    block = LiveBlock("8", ("role_name", "duties"), {"structure": "disaster", "post": '課長"<>&'})
    assert split_body(block_html(block.code, block.columns, block.filters)) == [block]


def test_a_body_without_blocks_is_one_run_and_an_empty_body_none() -> None:
    assert split_body("<p>本文</p>") == ["<p>本文</p>"]
    assert split_body("") == []


def test_columns_are_read_without_blanks_and_repetitions() -> None:
    assert parse_columns(" name , rto,,name") == ("name", "rto")


def test_filters_are_read_as_the_editor_writes_them() -> None:
    assert parse_filters("structure=disaster; team=a=b;x=;=y;;z") == {
        "structure": "disaster",
        "team": "a=b",
    }
    assert parse_filters("") == {}


def test_a_value_that_cannot_be_written_does_not_become_another_filter() -> None:
    assert filters_text({"b": "1", "a": "x;row_status=retired"}) == "b=1"
