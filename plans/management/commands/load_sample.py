"""Creates the sample municipality, so that the portal can be tried with a complete plan."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex import registry
from bcp_portal.ui.errors import DomainError
from plans.sample.loader import SampleError
from plans.sample.services import SAMPLE_CODE, load_sample


class Command(BaseCommand):
    help = "見本の団体（みほん市）を、利用者、全様式、計画とともに作ります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", default=SAMPLE_CODE, help="団体コード（6桁）")
        parser.add_argument(
            "--scale", type=int, metavar="N", help="情報システムをN件に増やして作ります"
        )

    def handle(self, **options: Any) -> None:
        code = options["code"]
        existing = Municipality.objects.filter(code=code).first()
        if existing is not None:
            self.stdout.write(f"団体コード{code}の「{existing}」はすでにあるため、何もしません。")
            return
        started = perf_counter()
        try:
            counts = load_sample(code=code, systems=options["scale"])
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except (SampleError, DomainError) as error:
            raise CommandError(str(error)) from error
        for table, count in counts.items():
            self.stdout.write(f"{count:6,}件  {_heading(table)}")
        seconds = perf_counter() - started
        self.stdout.write(
            f"みほん市（{code}）を作りました。{len(counts)}表、{sum(counts.values()):,}件、{seconds:.1f}秒"
        )
        self.stdout.write("利用者とパスワードは manage.py demo_accounts で表示できます。")


def _heading(code: str) -> str:
    spec = registry.spec(code)
    return f"{code} {spec.title}" if spec else code
