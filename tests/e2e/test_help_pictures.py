"""Makes the pictures of the guide from the sample, and fails when a page no longer is as it says.

`python -m scripts.refresh_help_pictures` runs this and puts the pictures where the guide shows them.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django_scopes import scope, scopes_disabled
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from bcp_portal.accounts.models import Membership, Municipality, User
from bcp_portal.accounts.permissions import Role
from plans.bookshelf.models import PlanCopy
from plans.document.coverage import WHOLE
from plans.models import Chapter
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan
from plans.sample.services import SAMPLE_CODE, load_sample
from systems.models import RecoveryTarget
from tests.browser import SignIn
from tests.cases import portion
from tests.e2e.help_pictures import NEW, PICTURES, SAMPLE, STEPS, Picture
from tests.plans.editions.making import issued
from tests.plans.revisions.making import a_revision, a_route, a_submission

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FOLDER = (
    Path(os.environ.get("SCREENSHOT_DIR") or settings.BASE_DIR / "var" / "screenshots") / "help"
)
# What stands above the content, and would be missing below.
HEAD = 80
CHAPTER = "重要情報システム一覧"
CODES = {SAMPLE: SAMPLE_CODE, NEW: "430001", STEPS: "430002"}

# A red sign with a number at each thing the text speaks of; drawn through the object model, which
# the content policy leaves alone.
MARK = """(selectors) => {
  const here = {x: window.scrollX, y: window.scrollY};
  selectors.forEach((selector, place) => {
    const target = document.querySelector(selector);
    const box = target.getBoundingClientRect();
    const ring = document.createElement("div");
    const sign = document.createElement("div");
    Object.assign(ring.style, {position: "absolute", zIndex: 5000, pointerEvents: "none",
      left: `${box.left + here.x - 4}px`, top: `${box.top + here.y - 4}px`,
      width: `${box.width + 8}px`, height: `${box.height + 8}px`,
      border: "3px solid #ce0000", borderRadius: "6px"});
    Object.assign(sign.style, {position: "absolute", left: `${Math.max(-14, 4 - box.left)}px`, top: "-14px", width: "26px",
      height: "26px", borderRadius: "13px", background: "#ce0000", color: "#fff",
      font: "bold 17px/26px sans-serif", textAlign: "center", letterSpacing: 0});
    sign.textContent = place + 1;
    ring.append(sign);
    document.body.append(ring);
  });
}"""


def towns() -> dict[str, Mapping[str, Any]]:
    """Make the sample, a municipality without plan and one on its first steps; return what to fill in."""
    load_sample()
    sample = Municipality.objects.get(code=SAMPLE_CODE)
    editor = User.objects.get(username="hensyu")
    filled: dict[str, Mapping[str, Any]] = {NEW: {}}
    for town in (NEW, STEPS):
        home = Municipality.objects.create(
            code=CODES[town], name="みほん町", prefecture="見本県", ict_department_name="総務課"
        )
        with scope(municipality=home):
            Membership.objects.create(municipality=home, user=editor, roles=[Role.EDITOR.value])
            if town == STEPS:
                create_plan(municipality=home, actor=editor, outline=OUTLINES["simple"])
                a_route(home, "総務課長の承認", kind="enactment")
                revision = a_revision(
                    home, "計画を策定するため", kind="enactment", drafter_name="見本 編"
                )
                filled[STEPS] = {"draft": revision.uid}
    with scope(municipality=sample):
        filled[SAMPLE] = life_of(sample)
    return filled


def life_of(sample: Municipality) -> Mapping[str, Any]:
    """Give the sample an edition, a revision that waits for approval, and something that changed."""
    chapter = Chapter.objects.get(title__startswith=CHAPTER)
    edition = issued(sample, reason="計画を策定した。", kind="enactment", coverage=WHOLE)
    chapter.body += "<p>停止できる時間の短い順に示す。</p>"
    chapter.save()
    for place, holder in (("情報政策課の書庫", "情報政策課長"), ("東支所の防災倉庫", "東支所長")):
        PlanCopy.objects.create(
            municipality=sample,
            place=place,
            holder=holder,
            edition=edition,
            placed_on=edition.effective_on,
        )
    revision = a_submission(sample, "復旧の順序を見直したため").revision
    return {
        "chapter": chapter.uid,
        "target": RecoveryTarget.objects.order_by("row_no").first().uid,
        "edition": edition.uid,
        "revision": revision.uid,
    }


def take(page: Page, picture: Picture, address: str) -> None:
    page.set_viewport_size({"width": picture.width, "height": picture.height + HEAD})
    page.goto(address)
    picture.act(page)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(MARK, list(picture.marks))
    box = page.locator(picture.of).bounding_box()
    assert box is not None
    clip = {**box, "height": min(box["height"], picture.height)}
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{picture.name}.png", clip=clip)


@pytest.mark.long_form
def test_every_picture_of_the_guide_can_be_made(
    page: Page, live_server: LiveServer, sign_in: SignIn
) -> None:
    filled = towns()
    with scopes_disabled():
        users = {
            (member.municipality.code, role): member.user
            for member in Membership.objects.select_related("user", "municipality")
            for role in member.roles
        }
    page.emulate_media(reduced_motion="reduce")
    for picture in portion(PICTURES, one_in=3):
        code = CODES[picture.town]
        sign_in(page, users[code, picture.role.value])
        below = picture.address.format(**filled[picture.town])
        take(page, picture, f"{live_server.url}/{code}/{below}")
