"""Separates chapter text from the tables it names: 「様式17の一覧をここに置く」."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plans.text.markup import Element, Node, parse, serialise

BLOCK_ATTRIBUTE = "data-live-block"
COLUMNS_ATTRIBUTE = "data-columns"
FILTER_ATTRIBUTE = "data-filter"


@dataclass(frozen=True)
class LiveBlock:
    """A table that a chapter names by its code, with the columns and rows it wants (empty: all)."""

    code: str
    columns: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)

    def to_element(self) -> Element:
        """Return the one shape in which a block is stored."""
        attributes = {BLOCK_ATTRIBUTE: self.code}
        if self.columns:
            attributes[COLUMNS_ATTRIBUTE] = columns_text(self.columns)
        if self.filters:
            attributes[FILTER_ATTRIBUTE] = filters_text(self.filters)
        return Element("div", attributes)


def block_html(
    code: str, columns: Sequence[str] = (), filters: Mapping[str, str] | None = None
) -> str:
    """Return the HTML that puts a table into a chapter."""
    return serialise([LiveBlock(code, tuple(columns), filters or {}).to_element()])


def is_live_block(node: Node) -> bool:
    return isinstance(node, Element) and bool(node.attributes.get(BLOCK_ATTRIBUTE, "").strip())


def block_of(element: Element) -> LiveBlock:
    """Read the block that an element names."""
    attributes = element.attributes
    return LiveBlock(
        attributes[BLOCK_ATTRIBUTE].strip(),
        parse_columns(attributes.get(COLUMNS_ATTRIBUTE, "")),
        parse_filters(attributes.get(FILTER_ATTRIBUTE, "")),
    )


def parse_columns(text: str) -> tuple[str, ...]:
    """Read 「name,rto」; blanks and repetitions are dropped."""
    names = (name.strip() for name in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


def columns_text(columns: Sequence[str]) -> str:
    return ",".join(columns)


def parse_filters(text: str) -> dict[str, str]:
    """Read 「structure=disaster;team=head」: column names and the values wanted of them."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {
        name.strip(): value.strip() for name, _, value in pairs if name.strip() and value.strip()
    }


def filters_text(filters: Mapping[str, str]) -> str:
    """Write the filters; one whose value holds a semicolon cannot be written and is left out."""
    return ";".join(
        f"{name}={value}" for name, value in sorted(filters.items()) if ";" not in value
    )


def split_body(html: str) -> list[str | LiveBlock]:
    """Return a cleaned body as runs of HTML and the blocks between them, in order."""
    parts: list[str | LiveBlock] = []
    run: list[Node] = []
    for node in parse(html):
        if isinstance(node, Element) and is_live_block(node):
            parts += [*_run_html(run), block_of(node)]
            run = []
        else:
            run.append(node)
    return [*parts, *_run_html(run)]


def _run_html(run: Sequence[Node]) -> list[str]:
    html = serialise(run)
    return [html] if html.strip() else []
