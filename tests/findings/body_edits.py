"""Every single edit of a chapter's text that cleaning lets through, as stored texts beside each other."""

from collections.abc import Iterator
from copy import deepcopy

from plans.text.cleaning import clean_body
from plans.text.markup import Element, Node, parse, serialise, walk

RED, BLUE = (f"image:{digit * 64}" for digit in "ab")
UID = "6f9619ff-8b86-4d01-b42d-00c04fc964f"
WRITTEN = (
    '<p>参集する<strong>職員</strong>は<a href="https://www.example.lg.jp/a">手引き</a>を見る。'
    '順路は<a href="#chapter-b">次の節</a>による。<br>名簿を<u>必ず</u>持つ。</p>'
    f'<p><img src="{RED}" alt="避難図"><img src="{BLUE}" alt="配置図"></p>'
    "<ul><li>水を配る<ol><li>受け取る</li><li>記録する</li></ol></li><li>毛布を配る</li></ul>"
    '<ol start="3"><li>連絡する</li><li>確かめる</li></ol>'
    "<table><caption>班の構成</caption><thead><tr><th>班</th><th>人数</th></tr></thead><tbody>"
    '<tr><td rowspan="2">情報班</td><td>班長</td></tr><tr><td>班員</td></tr>'
    '<tr><td colspan="2"><em>総務班</em></td></tr></tbody></table>'
)
MARKED = (
    f'<p><span data-placeholder="org"></span>の<span data-term="{UID}1">基幹系</span>と'
    f'<span data-placeholder="head" data-system="{UID}2"></span>は動く。</p>'
    '<div data-live-block="17" data-columns="name,rto" data-filter="kind=a"></div><p>以上</p>'
)
_OTHER = {
    "href": ("https://www.example.lg.jp/b", "#chapter-c", "mailto:ict@example.lg.jp", "tel:119"),
    "src": (f"image:{'c' * 64}",),
    "alt": ("別の図", ""),
    "colspan": ("3",),
    "rowspan": ("3",),
    "start": ("5",),
    "data-placeholder": ("head",),
    "data-system": (f"{UID}3",),
    "data-term": (f"{UID}4",),
    "data-live-block": ("18",),
    "data-columns": ("rto,name", "name"),
    "data-filter": ("kind=b",),
}
_RENAMED = {
    "strong": ("em", "u"),
    "em": ("strong",),
    "u": ("strong",),
    "ul": ("ol",),
    "ol": ("ul",),
    "td": ("th",),
    "th": ("td",),
    "thead": ("tbody",),
    "tbody": ("thead", "tfoot"),
}
_ADDED = {"ol": ("type", "a"), "td": ("colspan", "2"), "th": ("rowspan", "2")}
_WRAPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("strong", {}),
    ("em", {}),
    ("u", {}),
    ("a", {"href": "https://www.example.lg.jp/new"}),
)


def edits_of(html: str) -> Iterator[tuple[str, str]]:
    """Yield what was done, and the text as it is stored after it; edits that clean away are none."""
    before = clean_body(html)
    for number in range(sum(1 for _ in walk(parse(before)))):
        for name, after in _edits(before, number):
            cleaned = clean_body(after)
            if cleaned != before:
                yield name, cleaned


def _edits(html: str, number: int) -> Iterator[tuple[str, str]]:
    for index, name in enumerate(_kinds_at(html, number)):
        root = Element("", {}, parse(html))
        parent, at = _place(root, number)
        if _done(parent, at, index):
            yield f"{number} {name}", serialise(root.children)


def _kinds_at(html: str, number: int) -> list[str]:
    parent, at = _place(Element("", {}, parse(html)), number)
    return [name for name, _ in _changes(parent.children[at])]


def _place(root: Element, number: int) -> tuple[Element, int]:
    found: list[tuple[Element, int]] = []

    def visit(element: Element) -> None:
        for at, child in enumerate(element.children):
            found.append((element, at))
            if isinstance(child, Element):
                visit(child)

    visit(root)
    return found[number]


def _done(parent: Element, at: int, index: int) -> bool:
    _, nodes = _changes(parent.children[at])[index]
    [first, *_] = nodes or [""]
    if isinstance(first, Element) and first.tag == parent.tag:
        return False  # bold within bold is the same print
    if nodes is None:  # change places with the next one
        below = parent.children[at : at + 2]
        captions = [each for each in below if isinstance(each, Element) and each.tag == "caption"]
        if len(below) < 2 or captions:
            return False  # a caption stands above its table, wherever it is written
        parent.children[at : at + 2] = parent.children[at : at + 2][::-1]
    else:
        parent.children[at : at + 1] = nodes
    return True


def _changes(node: Node) -> list[tuple[str, list[Node] | None]]:
    """Return the edits of one node: what stands in its place, or None for a change of places."""
    found: list[tuple[str, list[Node] | None]] = [("taken out", []), ("moved", None)]
    if isinstance(node, str):
        found.append(("reworded", [f"{node}新"]))
        found += [(f"in {tag}", [Element(tag, dict(said), [node])]) for tag, said in _WRAPS]
        middle = len(node) // 2
        found.append(("broken", [node[:middle], Element("br"), node[middle:]]))
        return found
    for key in node.attributes:
        found += [(f"{key} {to}", [_with(node, key, to)]) for to in _OTHER.get(key, ())]
    for tag in _RENAMED.get(node.tag, ()):
        found.append((f"{node.tag} to {tag}", [Element(tag, node.attributes, node.children)]))
    if node.tag in _ADDED:
        found.append((f"{node.tag} with more", [_with(node, *_ADDED[node.tag])]))
    found.append(("unwrapped", list(node.children)))
    if node.tag == "p" and len(node.children) > 1:
        halves = [Element("p", {}, node.children[:1]), Element("p", {}, node.children[1:])]
        found.append(("cut in two", list(halves)))
    return found


def _with(node: Element, key: str, to: str) -> Element:
    other = deepcopy(node)
    other.attributes[key] = to
    return other
