"""Collects the guide for staff (手引き): every room brings the parts about its own pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class HelpSection:
    """One section: its words stand in templates/help/sections/<slug>.html.

    The slug is also its anchor in the guide. `explains` names the URLs (with namespace) whose
    pages lead here.
    """

    slug: str
    title: str
    explains: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"help/sections/{self.slug}.html"


@dataclass(frozen=True)
class HelpPart:
    """Sections that belong together; lower order first.

    A public part is also shown to somebody who has not signed in.
    """

    slug: str
    title: str
    order: int
    sections: tuple[HelpSection, ...]
    public: bool = False


@dataclass
class HelpBook:
    """The parts of all rooms."""

    _parts: dict[str, HelpPart] = field(default_factory=dict)
    _section_of_page: dict[str, HelpSection] = field(default_factory=dict)

    def register(self, *parts: HelpPart) -> None:
        """Add parts; called from the ready() of each room. Nothing may be there twice."""
        for part in parts:
            taken = {*self.slugs(), *self._parts}
            slugs = [part.slug, *(section.slug for section in part.sections)]
            twice = sorted({slug for slug in slugs if slug in taken or slugs.count(slug) > 1})
            if twice:
                raise ImproperlyConfigured(f"The guide already has {', '.join(twice)}.")
            self._parts[part.slug] = part
            for section in part.sections:
                self._explain(section)

    def _explain(self, section: HelpSection) -> None:
        for name in section.explains:
            other = self._section_of_page.setdefault(name, section)
            if other is not section:
                raise ImproperlyConfigured(f"{name!r} is explained by {other.slug} already.")

    def parts(self, *, public_only: bool = False) -> list[HelpPart]:
        """Return the parts in reading order."""
        shown = [part for part in self._parts.values() if part.public or not public_only]
        return sorted(shown, key=lambda part: part.order)

    def sections(self) -> Iterator[HelpSection]:
        """Yield every section in reading order."""
        for part in self.parts():
            yield from part.sections

    def slugs(self) -> set[str]:
        """Return the slugs of all sections."""
        return {section.slug for section in self.sections()}

    def section_for(self, url_name: str) -> HelpSection | None:
        """Return the section about the page of this URL; None where there is none."""
        return self._section_of_page.get(url_name)

    def section(self, slug: str) -> HelpSection | None:
        """Return a section by its slug."""
        return next((each for each in self.sections() if each.slug == slug), None)


help_book = HelpBook()
