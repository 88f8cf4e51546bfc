"""What the page of a job says to the person who waits for it, and whether that is true."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse
from lxml import html

from bcp_portal.jobs.models import BackgroundJob
from plans.models import IssueJob

PAGES = {
    "plans.PrintJob": "prints:job",
    "annex.ImportJob": "annex:import-job",
    "archive.ArchiveJob": "archive:job",
    "plans.IssueJob": "revisions:one",
    "jobs.Preparation": "prepared:job",
}
# Only the end, or the failure, of a step is told in these words.
ENDED = {
    "print": "PDFができました。",
    "check": "まだ何も登録していません。内容を確かめてから、取り込んでください。",
    "apply": "新しい行と変更した行を登録しました。",
    "archive": "アーカイブができました。",
    "issue": "発行済み",
    "prepare": "ができました。",
}
FAILED = ("作れませんでした", "取り込めませんでした", "失敗")
AGAIN = "途中で止まったため、もう一度始めています。この画面は自動で進みます。"
# What is told of a job stands in its state, in the head of its page, and in notices.
_TOLD = (
    "//main//*[@role='status']",
    "//main//h1/*",
    "//main//*[@class='page-lead']",
    "//main//*[@hx-get]//*[contains(@class, 'notice')]/div",
    "//main//*[contains(@class, 'notice-danger') or contains(@class, 'notice-success')]/div",
)
_ASKS_AGAIN = "//main//*[@hx-get and starts-with(@hx-trigger, 'every')]"


@dataclass(frozen=True)
class Look:
    """What a page said of a job, and whether it goes on by itself."""

    said: str
    goes_on: bool

    def is_true(self, step: str, *, ended: bool, begun_again: bool) -> None:
        """Assert that the page says what is so of a job that comes to its end at last."""
        assert (ENDED[step] in self.said) is ended, self
        assert not any(words in self.said for words in FAILED), self
        assert (AGAIN in self.said) is (begun_again and not ended), self
        assert self.goes_on is not ended, self


def look(job: BackgroundJob) -> Look:
    """Open the page of the job as the person does who waits for it: who asked, or who drafted."""
    client = Client()
    person = job.revision.drafter if isinstance(job, IssueJob) else job.requested_by
    assert person is not None
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    uid = job.revision.uid if isinstance(job, IssueJob) else job.uid
    answer: Any = client.get(reverse(PAGES[job._meta.label], args=[job.municipality.code, uid]))
    assert answer.status_code == 200, (answer.status_code, answer.content)
    page = html.fromstring(answer.content.decode())
    texts = [each.text_content() for place in _TOLD for each in page.xpath(place)]
    told = dict.fromkeys(re.sub(r"\s+", " ", text).strip() for text in texts)
    return Look(" ".join(filter(None, told)), bool(page.xpath(_ASKS_AGAIN)))


def note_kill(step: str, death: str, looks: Mapping[str, Look]) -> None:
    """Add a line to the table of kills, where the environment names a file for it (KILLS_TABLE)."""
    if place := os.environ.get("KILLS_TABLE"):
        said = [f"{when}: {each.said}" for when, each in looks.items()]
        with Path(place).open("a", encoding="utf-8") as table:
            table.write("\t".join([connection.vendor, step, death, *said]) + "\n")
