"""Reads a PDF with programs other than the one that wrote it."""

import io
import re
import subprocess
import unicodedata
from functools import cached_property
from pathlib import Path

import pikepdf

_WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax=".+?" yMax="(.+?)">(.*?)</word>')
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def comparable(text: str) -> str:
    """Return what extraction keeps of a text: no spaces, no selectors, one form a character."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", _SELECTORS.sub("", text)))


class ReadPdf:
    """A finished PDF on disk and opened."""

    def __init__(self, content: bytes, folder: Path) -> None:
        self.path = folder / "plan.pdf"
        self.path.write_bytes(content)
        self.file = pikepdf.open(io.BytesIO(content))

    @cached_property
    def page_texts(self) -> list[str]:
        """Return the text of each page in the order in which it was drawn."""
        text = self._run("pdftotext", "-raw", "-enc", "UTF-8", str(self.path), "-")
        return text.split("\f")[:-1]

    @cached_property
    def comparable_pages(self) -> list[str]:
        return [comparable(text) for text in self.page_texts]

    @cached_property
    def destinations(self) -> dict[str, int]:
        """Return the page, from 0, of each named place."""
        numbers = {page.obj.objgen: index for index, page in enumerate(self.file.pages)}
        items = list(self.file.Root.Names.Dests.Names)
        return {
            str(name): numbers[target[0].objgen]
            for name, target in zip(items[::2], items[1::2], strict=True)
        }

    def links(self) -> list[tuple[int, str]]:
        """Return (page, name of target) of each internal link; fails on links left unconnected."""
        found = []
        for index, page in enumerate(self.file.pages):
            for link in page.obj.get("/Annots", []):
                assert not str(link.get("/A", {}).get("/URI", "")).startswith("urn:")
                if "/Dest" in link:
                    found.append((index, str(link.Dest)))
        return found

    def fonts(self) -> list[str]:
        """Return the lines of pdffonts."""
        return self._run("pdffonts", str(self.path)).splitlines()[2:]

    def check(self) -> str:
        """Return what qpdf says about the file; raises when it finds a fault."""
        return self._run("qpdf", "--check", str(self.path))

    def words(self, page: int) -> list[tuple[str, float, float, float]]:
        """Return (text, left, top, bottom) of each word of a page, from 0, in points."""
        number = str(page + 1)
        command = ["pdftotext", "-bbox", "-f", number, "-l", number, str(self.path), "-"]
        output = subprocess.run(command, capture_output=True, check=True).stdout
        # Poppler writes a title beyond the first plane in another encoding.
        found = _WORD.findall(output.decode(errors="replace"))
        return [(text, float(left), float(top), float(end)) for left, top, end, text in found]

    def pictures(self, resolution: int = 36) -> list[bytes]:
        """Return each page as a grey bitmap, without the zone of head and foot."""
        stem = self.path.with_suffix("")
        self._run("pdftoppm", "-r", str(resolution), "-gray", str(self.path), str(stem))
        return [path.read_bytes() for path in sorted(stem.parent.glob(f"{stem.name}-*.pgm"))]

    @staticmethod
    def _run(*command: str) -> str:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout
