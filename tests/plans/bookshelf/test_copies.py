"""The register of copies: who holds what, what was put there, and who still holds the old one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Role
from bcp_portal.audit.models import Entry
from bcp_portal.ui.eras import DateStyle, format_date
from plans.annexes.models.storage import StorageCopy
from plans.bookshelf import copies as services
from plans.bookshelf import register
from plans.bookshelf.distribution import distribution_table
from plans.bookshelf.models import PlanCopy
from plans.editions.models.edition import Edition
from plans.editions.queries import edition_in_force
from tests.conftest import ClientFactory
from tests.plans.editions.making import a_plan, issued

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def first(in_scope: Municipality) -> Edition:
    a_plan(in_scope)
    return issued(in_scope, kind="enactment", effective_on=date(2026, 4, 1))


def a_copy(municipality: Municipality, place: str = "本部室", **values: Any) -> PlanCopy:
    given = {"holder": "情報政策課長", **values}
    copy: PlanCopy = PlanCopy.objects.create(municipality=municipality, place=place, **given)
    return copy


def states() -> dict[str, str]:
    return {each.copy.place: each.state[1] for each in register.copies()}


def test_a_new_edition_makes_every_copy_an_old_one_until_it_is_replaced(
    in_scope: Municipality, first: Edition
) -> None:
    kept = a_copy(in_scope, edition=first)
    other = a_copy(in_scope, "金庫", edition=first)
    empty = a_copy(in_scope, "支所")
    assert states() == {"本部室": "施行中の版", "金庫": "施行中の版", "支所": "まだ置いていない"}
    PlanCopy.objects.filter(pk=empty.pk).update(placed_on=date(2026, 4, 1))
    assert states()["支所"] == "版が分からない"
    PlanCopy.objects.filter(pk=empty.pk).update(placed_on=None)

    second = issued(in_scope, effective_on=date(2026, 5, 1))
    assert states() == {"本部室": "旧版のまま", "金庫": "旧版のまま", "支所": "まだ置いていない"}
    assert register.outdated_count(edition_in_force()) == 3

    services.place_edition(
        uids=[kept.uid, empty.uid], edition=second, day=TODAY, old_removed=False, actor=None
    )
    services.place_edition(
        uids=[other.uid], edition=second, day=TODAY, old_removed=True, actor=None
    )
    assert states() == {"本部室": "旧版が残っている", "金庫": "施行中の版", "支所": "施行中の版"}
    services.remove_old(uids=[kept.uid, empty.uid], day=TODAY, actor=None)
    assert set(states().values()) == {"施行中の版"}
    empty.refresh_from_db()
    assert empty.old_removed_on is None, "there was nothing to remove"


def test_an_edition_that_is_not_yet_in_force_makes_no_copy_old(
    in_scope: Municipality, first: Edition
) -> None:
    copy = a_copy(in_scope, edition=first)
    awaited = issued(in_scope, effective_on=date(2300, 4, 1))
    assert states() == {"本部室": "施行中の版"}
    services.place_edition(
        uids=[copy.uid], edition=awaited, day=TODAY, old_removed=True, actor=None
    )
    assert states() == {"本部室": "施行待ちの版"}


def test_what_was_done_is_in_the_operation_log(in_scope: Municipality, first: Edition) -> None:
    copy = a_copy(in_scope)
    services.place_edition(uids=[copy.uid], edition=first, day=TODAY, old_removed=True, actor=None)
    services.confirm_copies(uids=[copy.uid], day=TODAY, actor=None)
    services.retire_copy(copy=copy, actor=None, day=TODAY)
    entries = Entry.objects.filter(target_uid=str(copy.uid)).order_by("sequence")
    assert [entry.action for entry in entries] == ["計画の写しの差し替え", "計画の写しの廃止"]
    changes = {change["label"]: change["after"] for change in entries[0].changes}
    assert changes["置いてある版"] == "初版"
    assert states() == {}
    assert [each.copy for each in register.copies(state=register.RETIRED)] == [copy]


def test_the_list_filters(in_scope: Municipality, first: Edition) -> None:
    a_copy(in_scope, "本部室", edition=first, confirmed_on=TODAY)
    a_copy(in_scope, "金庫", edition=first, confirmed_on=TODAY - timedelta(days=400))
    a_copy(in_scope, "部長のタブレット", medium="device")

    def places(**wanted: str) -> set[str]:
        return {each.copy.place for each in register.copies(**wanted)}

    assert places(state=register.UNCONFIRMED) == {"部長のタブレット", "金庫"}
    assert places(state=register.CURRENT) == {"本部室", "金庫"}
    assert places(state=register.OUTDATED) == {"部長のタブレット"}
    assert places(medium="device") == {"部長のタブレット"}
    assert places(text="金庫") == {"金庫"}


def test_copies_are_marked_on_the_page(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    copies = [a_copy(municipality, place) for place in ("本部室", "金庫")]
    client = client_for(Role.EDITOR)
    address = f"/{municipality.code}/bookshelf/"
    ticked = [str(copy.uid) for copy in copies]
    data = {"copies": ticked, "day": f"{TODAY:%Y-%m-%d}", "edition": first.pk, "action": "placed"}

    nothing = client.post(f"{address}mark/", {**data, "copies": []})
    assert nothing.status_code == 422
    assert "写しを1つ以上選んでください" in nothing.content.decode()
    later = client.post(f"{address}mark/", {**data, "day": "令和99年1月1日"})
    assert "今日より後の日は書けません" in later.content.decode()
    assert later.content.decode().count(" checked") >= 2
    assert PlanCopy.objects.filter(edition=None).count() == 2

    done = client.post(f"{address}mark/", {**data, "q": "本部"}, follow=True)
    assert "2件を、初版に差し替えたと記録しました" in done.content.decode()
    assert done.redirect_chain[0][0].endswith("?q=%E6%9C%AC%E9%83%A8")
    assert PlanCopy.objects.filter(edition=first, placed_on=TODAY).count() == 2


def test_a_copy_is_entered_corrected_and_not_entered_twice(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    address = f"/{municipality.code}/bookshelf/"
    data = {"place": "本部室", "holder": "課長", "medium": "paper", "edition": first.pk}
    data |= {"placed_on": f"{TODAY:%Y/%m/%d}", "confirmed_on": "2026/5/1"}
    refused = client.post(f"{address}add/", data)
    assert "置いた日より前になっています" in refused.content.decode()
    data["confirmed_on"] = ""
    assert client.post(f"{address}add/", data).status_code == 302
    twice = client.post(f"{address}add/", data)
    assert twice.status_code == 422
    assert "すでに登録されています" in twice.content.decode()

    copy = PlanCopy.objects.get()
    page = client.get(f"{address}{copy.uid}/").content.decode()
    assert format_date(TODAY, DateStyle.WAREKI) in page
    changed = {**data, "holder": "部長", "version": copy.version}
    assert client.post(f"{address}{copy.uid}/", changed).status_code == 302
    overtaken = client.post(f"{address}{copy.uid}/", {**changed, "holder": "次長"})
    assert overtaken.status_code == 409
    assert "次長" in overtaken.content.decode()
    copy.refresh_from_db()
    assert copy.holder == "部長"


def test_an_edition_changed_by_hand_leaves_the_old_one_to_be_removed(
    in_scope: Municipality, first: Edition
) -> None:
    copy = a_copy(in_scope, edition=first)
    second = issued(in_scope, effective_on=date(2026, 5, 1))
    services.change_copy(
        copy=copy, actor=None, values={"edition": second}, expected_version=copy.version
    )
    assert states() == {"本部室": "旧版が残っている"}


def test_the_list_takes_the_same_queries_for_one_copy_and_for_three(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    client = client_for(Role.EDITOR)
    counts = []
    for places in (["甲"], ["乙", "丙"]):
        for place in places:
            with scope(municipality=municipality):
                a_copy(municipality, place, edition=first, former=first)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/{municipality.code}/bookshelf/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_distribution_list_has_every_copy_and_room_for_signs(
    in_scope: Municipality, first: Edition
) -> None:
    a_copy(in_scope, edition=first, placed_on=date(2026, 5, 2))
    a_copy(in_scope, "金庫", retired_on=TODAY)
    style = "wareki"
    table = distribution_table(register.copies(), edition_in_force(), style)  # type: ignore[arg-type]
    assert len(table.rows) == 1
    shown = dict(zip([c.label for c in table.columns], table.texts()[0], strict=True))
    assert shown["保管場所"] == "本部室"
    assert shown["置いてある版"] == "初版"
    assert shown["置いた日"] == "令和8年5月2日"
    assert shown["確認の印"] == ""


def test_places_of_the_annex_are_taken_over_once(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    a_copy(municipality, "金庫", holder="")
    for number, (place, medium, edition) in enumerate(
        [("金庫", "paper", "初版"), ("支所の書棚", "alt_site", "初版"), ("部長", "device", "第9版")]
    ):
        StorageCopy.objects.create(
            municipality=municipality,
            row_no=number,
            place_or_person=place,
            medium=medium,
            edition=edition,
            placed_on=date(2026, 4, 2),
        )
    client = client_for(Role.EDITOR)
    address = f"/{municipality.code}/bookshelf/"
    assert "から登録する（2件）" in client.get(address).content.decode()
    done = client.post(f"{address}from-annex/", follow=True).content.decode()
    assert "様式「計画の保管」から2件を登録しました" in done
    assert "から登録する" not in done
    taken = PlanCopy.objects.get(place="支所の書棚")
    assert (taken.edition, taken.medium, taken.placed_on) == (first, "paper", date(2026, 4, 2))
    assert PlanCopy.objects.get(place="部長").edition is None


def test_a_reader_sees_the_register_and_changes_nothing(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    copy = a_copy(municipality, edition=first)
    address = f"/{municipality.code}/bookshelf/"
    page = client_for(Role.VIEWER).get(address).content.decode()
    assert "本部室" in page and "情報政策課長" in page
    assert str(copy.uid) not in page
    assert "選んだ写しについて記録する" not in page
    assert "選んだ写しについて記録する" in client_for(Role.EDITOR).get(address).content.decode()


def test_home_says_how_many_copies_are_old(
    municipality: Municipality, first: Edition, client_for: ClientFactory
) -> None:
    a_copy(municipality, edition=first)
    client = client_for(Role.VIEWER)
    assert "旧版のまま" not in client.get(f"/{municipality.code}/").content.decode()
    issued(municipality, effective_on=date(2026, 5, 1))
    assert "旧版のまま" in client.get(f"/{municipality.code}/").content.decode()
