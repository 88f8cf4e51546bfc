"""A small town whose plan shows every table, view and figure, and random changes to it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import IntegrityError, models, transaction

from bcp_portal.accounts.models import Department, Municipality, Person
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.models import AnnexSetting, ColumnSetting
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from plans.annexes.drawn.figure_source import FigureSource
from plans.document.coverage import Coverage
from plans.models import Chapter, Plan
from plans.phrases.models import PlaceholderValue
from plans.text.live_blocks import block_html
from tests.rows import make_full_rows, make_row

PHRASE = "hq"
CHAPTERS = 6
ANNEXES = (1, 3, 6, 8, 9, 10, 14, 15, 17, 18)


def a_whole_town(municipality: Municipality, rows: int = 2) -> Plan:
    """Create rows of every table, and chapters that show every table, view and figure."""
    make_full_rows(registry.specs(), municipality, rows)
    _connect(municipality)
    plan: Plan = Plan.objects.create(
        municipality=municipality, title="ICT業務継続計画", annex_numbers=list(ANNEXES)
    )
    PlaceholderValue.objects.create(municipality=municipality, key=PHRASE, value="本部の一")
    codes = [*(each.code for each in registry.derived_tables())]
    codes += [spec.code for spec in registry.specs() if spec.printed]
    codes += [code for code, _ in FigureSource(Presentation.load(municipality), True).choices()]
    for number in range(CHAPTERS):
        shown = codes[number::CHAPTERS]
        body = f'<p>語句は<span data-placeholder="{PHRASE}">本部</span>、文は第{number}の一。</p>'
        Chapter.objects.create(
            municipality=municipality,
            plan=plan,
            title=f"章{number}",
            position=number + 1,
            row_no=number + 1,
            body=body + "".join(map(block_html, shown)),
        )
    return plan


def a_small_town(municipality: Municipality, random: Random) -> Plan:
    """Create the same rows, and a plan that shows some of the tables, views and figures twice."""
    plan = a_whole_town(municipality)
    plan.annex_numbers = sorted(random.sample(ANNEXES, 2))
    plan.save()
    codes = [spec.code for number in plan.annex_numbers for spec in registry.specs_of(number)]
    codes += random.sample([each.code for each in registry.derived_tables()], 6)
    codes += random.sample([spec.code for spec in registry.specs() if spec.printed], 3)
    figures = FigureSource(Presentation.load(municipality), True).choices()
    codes += [code for code, _ in random.sample(figures, 2)]
    Chapter.objects.filter(row_no__gt=2).delete()
    for chapter in Chapter.objects.all():
        text, *_ = chapter.body.partition("</p>")
        chapter.body = text + "</p>" + "".join(map(block_html, codes[chapter.row_no - 1 :: 2]))
        chapter.save()
    return plan


def publish_everything(municipality: Municipality) -> None:
    """Let the public edition show every chapter, annex, row and column that is no personal one."""
    Chapter.objects.update(confidentiality="public")
    for annex in registry.annexes():
        AnnexSetting.objects.create(
            municipality=municipality, code=str(annex.number), confidentiality="public"
        )
    for spec in registry.specs():
        spec.model.objects.update(confidentiality="public")
        for column in spec.columns:
            ColumnSetting.objects.create(
                municipality=municipality, code=spec.code, column=column.name, public="show"
            )


def _connect(municipality: Municipality) -> None:
    """Let systems need one another, so that the figure of them shows something."""
    spec = registry.spec("1-dependencies")
    assert spec is not None
    for row in spec.model.objects.all():
        other: Any = type(row.system).objects.exclude(pk=row.system_id).first()
        type(row).objects.filter(pk=row.pk).update(depends_on=other)


@dataclass
class Changer:
    """Changes a town at random, always the same way for the same seed."""

    municipality: Municipality
    random: Random
    count: int = 0
    unique_numbers: bool = False

    def change(self, times: int) -> None:
        for _ in range(times):
            self.count += 1
            change = self.random.choice(
                [self._text] * 6
                + [self._number, self._number, self._retire, self._add, self._master]
                + [self._phrase, self._chapter, self._label]
            )
            # What the database refuses is no change.
            with suppress(IntegrityError), transaction.atomic():
                change()

    def coverage(self) -> Coverage:
        """Return some parts of the plan, at least one."""
        pick = self.random
        chapters = [f"chapter-{uid}" for uid in Chapter.objects.values_list("uid", flat=True)]
        tables = [spec.code for spec in registry.specs_of(None) if spec.printed]
        return Coverage.of(
            pick.sample(chapters, pick.randint(0, min(3, len(chapters)))),
            pick.sample(ANNEXES, pick.randint(1, 4)),
            pick.sample(tables, pick.randint(0, 4)),
            masters=pick.random() < 0.4,
        )

    def token(self) -> str:
        """Return a word that was never written before."""
        return f"新語{self.count}号"

    def _spec(self) -> AnnexSpec:
        return self.random.choice(registry.specs())

    def _row(self, spec: AnnexSpec) -> Any:
        return self.random.choice(list(spec.model.objects.order_by("pk")))

    def _text(self) -> None:
        spec = self._spec()
        names = [
            item.name
            for item in Sheet.of(spec, self.municipality).editable_items
            if type(item.model_field) in (models.CharField, models.TextField)
            and not item.model_field.choices
            and (item.model_field.max_length or 99) >= 12
            and not getattr(item.model_field, "choice_list", None)
        ]
        if names:
            row = self._row(spec)
            name = self.random.choice(names)
            spec.model.objects.filter(pk=row.pk).update(**{name: self.token()})

    def _number(self) -> None:
        spec = self._spec()
        names = [
            item.name
            for item in Sheet.of(spec, self.municipality).editable_items
            if isinstance(item.model_field, models.PositiveIntegerField)
        ]
        if names:
            row = self._row(spec)
            value = self.random.randint(1, 20)
            if self.unique_numbers:
                value = 10_000 + self.count
            spec.model.objects.filter(pk=row.pk).update(**{self.random.choice(names): value})

    def _retire(self) -> None:
        spec = self._spec()
        status = self.random.choice([RowStatus.RETIRED, RowStatus.ACTIVE])
        spec.model.objects.filter(pk=self._row(spec).pk).update(row_status=status)

    def _add(self) -> None:
        make_row(self._spec(), self.municipality, 10 + self.count, full=True)

    def _master(self) -> None:
        model: Any = self.random.choice([Department, Person])
        row = self.random.choice(list(model.objects.order_by("pk")))
        model.objects.filter(pk=row.pk).update(name=self.token())

    def _phrase(self) -> None:
        PlaceholderValue.objects.filter(key=PHRASE).update(value=self.token())

    def _chapter(self) -> None:
        chapter = self.random.choice(list(Chapter.objects.order_by("pk")))
        chapter.body = chapter.body.replace("文は", f"文は{self.token()}、", 1)
        chapter.save()

    def _label(self) -> None:
        spec = self._spec()
        column = self.random.choice(spec.columns).name
        ColumnSetting.objects.update_or_create(
            municipality=self.municipality,
            code=spec.code,
            column=column,
            defaults={"label": self.token()},
        )


def derived_codes() -> Iterator[str]:
    """Yield the code of every view."""
    yield from (each.code for each in registry.derived_tables())
