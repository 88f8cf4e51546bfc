"""Searches, filters, sorts and pages the rows of a sheet, from the query string of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Q, QuerySet

from bcp_portal.accounts.models import Department
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.references import References
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.table_builder import rows_of
from bcp_portal.spelling.kana import yomi_key
from bcp_portal.spelling.letters import readable

PAGE_SIZE = 50


@dataclass(frozen=True)
class Filter:
    """One drop-down above a list."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def chosen_label(self) -> str:
        return dict(self.options).get(self.chosen, "")


@dataclass(frozen=True)
class Query:
    """What a person asked of a list; unknown names and values are ignored."""

    text: str = ""
    filters: Mapping[str, str] = ()  # type: ignore[assignment]
    sort: str = ""
    page: int = 1
    arranging: bool = False

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Query":
        """Read ?q=, ?f.<column>=, ?sort=[-]<column>, ?page= and ?arrange=yes.

        Rows are put in another order only where all of them stand in their order.
        """
        filters = {k[2:]: v for k, v in data.items() if k.startswith("f.") and v}
        page = data.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        query = cls(data.get("q", "").strip(), filters, data.get("sort", ""), number)
        arranging = data.get("arrange") == "yes" and not query.narrows and not query.sort
        return replace(query, arranging=arranging)

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.filters)

    def url(self, **changes: str | int) -> str:
        """Return the query string with some parts changed; an empty value drops its part."""
        parts: dict[str, str | int] = {"q": self.text, "sort": self.sort, "page": self.page}
        parts |= {f"f.{name}": value for name, value in self.filters.items()}
        parts |= {"arrange": "yes" if self.arranging else ""}
        parts |= changes
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    def filtered(self, name: str, value: str) -> str:
        """Return the query string, from the first page, with another value of one filter; '' drops it."""
        changes: dict[str, str | int] = {f"f.{name}": value, "page": 0}
        return self.url(**changes)


class Listing:
    """The rows of one sheet as a person asked to see them; `personal` says whether with all values."""

    def __init__(self, sheet: Sheet, query: Query, *, personal: bool) -> None:
        self.sheet, self.query, self.personal = sheet, query, personal

    def rows(self) -> QuerySet[Any]:
        """Return all rows that match, ordered as a database can; `in_order` knows readings too."""
        rows = rows_of(self.sheet)
        if "row_status" not in self.query.filters:
            rows = rows.exclude(row_status=RowStatus.RETIRED)
        for name, value in self.query.filters.items():
            rows = self._filtered(rows, name, value)
        if self.query.text:
            rows = rows.filter(self._search(rows, self.query.text))
        return self._sorted(rows)

    def page(self) -> "Page[Any]":
        """Return one page; a number beyond the last gives the last."""
        rows = self.rows()
        if not self._reading:
            return Paginator(rows, PAGE_SIZE).get_page(self.query.page)
        page = Paginator(self._keys_by_reading(rows), PAGE_SIZE).get_page(self.query.page)
        found = {row.pk: row for row in rows.filter(pk__in=page.object_list)}
        page.object_list = [found[key] for key in page.object_list if key in found]
        return page

    def in_order(self) -> Iterable[Any]:
        """Return the rows of all pages in the order asked for."""
        rows = self.rows()
        if not self._reading:
            return rows
        found = {row.pk: row for row in rows}
        return [found[key] for key in self._keys_by_reading(rows) if key in found]

    @property
    def _reading(self) -> str:
        """Return the field by whose 五十音順 the list shall be sorted, or ''."""
        name = self.query.sort.lstrip("-")
        item = next((item for item in self._visible() if item.name == name), None)
        return item.spec.read_by if item is not None and item.editable else ""

    def _keys_by_reading(self, rows: QuerySet[Any]) -> list[int]:
        """Return the keys of the rows in 五十音順, or against it; those without a reading last.

        No database orders kana as a Japanese reader does: 後藤（ごとう） before 近藤（こんどう）.
        """
        said = rows.prefetch_related(None).order_by("row_no", "pk")
        pairs = list(said.values_list("pk", self._reading))
        read = sorted(
            ((pk, text) for pk, text in pairs if text),
            key=lambda pair: yomi_key(pair[1]),
            reverse=self.query.sort.startswith("-"),
        )
        return [pk for pk, _ in read] + [pk for pk, text in pairs if not text]

    def filters(self) -> list[Filter]:
        """Return the drop-downs this table offers."""
        return [
            Filter(item.name, item.column.label, self._options(item), self._chosen(item))
            for item in self._visible()
            if item.editable and item.column.kind.narrows_lists and item.name != "confidentiality"
        ]

    def _visible(self) -> Iterable[Item]:
        """Yield what may be searched, filtered and sorted by: nothing personal, for nobody.

        Whether a guess is found tells the value, and a list would not note that it was told.
        """
        return (item for item in self.sheet.items if not item.column.personal)

    @property
    def unsearched(self) -> list[str]:
        """Return the labels of the columns that are left out because they are personal."""
        return [item.column.label for item in self.sheet.items if item.column.personal]

    @property
    def department_item(self) -> Item | None:
        """Return the column that says whose a row is: the one contributors go by, or the first department."""
        own = self.sheet.spec.contributor_department
        named = [
            item
            for item in self._visible()
            if item.editable
            and item.column.kind.names_one_row
            and item.model_field.related_model is Department
        ]
        return next((item for item in named if item.name == own), next(iter(named), None))

    def _chosen(self, item: Item) -> str:
        return self.query.filters.get(item.name, "")

    def _options(self, item: Item) -> tuple[tuple[str, str], ...]:
        if not item.column.kind.names_rows:
            return tuple(item.column.kind.options(item.column.choices))
        targets = References(item.model_field.related_model).targets
        return tuple((str(getattr(t, "uid", t.pk)), str(t)) for t in targets)

    def _filtered(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        item = next((item for item in self._visible() if item.name == name), None)
        if item is None or not item.editable or value not in dict(self._options(item)):
            return rows
        if item.column.kind.names_rows:
            key = "uid" if hasattr(item.model_field.related_model, "uid") else "pk"
            return rows.filter(**{f"{name}__{key}": value})
        return rows.filter(**{name: item.column.kind.filter_value(value)})

    def _search(self, rows: QuerySet[Any], text: str) -> Q:
        """Return the rows that say a text, however it is spelled: no database folds 葛󠄀飾 to 葛飾."""
        wanted = readable(text)
        paths = list(self._text_paths())
        if not wanted or not paths:
            return Q(pk__in=[])
        said = rows.prefetch_related(None).order_by().values_list("pk", *paths)
        found = [pk for pk, *texts in said if any(wanted in readable(t) for t in texts if t)]
        return Q(pk__in=found)

    def _text_paths(self) -> Iterable[str]:
        for item in self._visible():
            kind = item.column.kind
            if not item.editable:
                continue
            if kind.names_one_row:
                names = {f.name for f in item.model_field.related_model._meta.get_fields()}
                if "name" in names:
                    yield f"{item.name}__name"
            elif kind.searched:
                yield item.name

    def _sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        name = self.query.sort.lstrip("-")
        item = next((item for item in self._visible() if item.name == name), None)
        if item is None or not item.editable or not item.column.kind.sortable:
            return rows
        path = f"{name}__row_no" if _has_row_no(item) else name
        expression = models.F(path)
        ordering = (
            expression.desc(nulls_last=True)
            if self.query.sort.startswith("-")
            else expression.asc(nulls_last=True)
        )
        return rows.order_by(ordering, "row_no", "pk")

    def sort_url(self, item: Item) -> str:
        """Return the query string that sorts by this column, or reverses it; '' when it cannot."""
        if not item.editable or item.column.personal or not item.column.kind.sortable:
            return ""
        return self.query.url(
            sort=f"-{item.name}" if self.query.sort == item.name else item.name, page=0
        )


def _has_row_no(item: Item) -> bool:
    related = getattr(item.model_field, "related_model", None)
    return related is not None and any(f.name == "row_no" for f in related._meta.concrete_fields)
