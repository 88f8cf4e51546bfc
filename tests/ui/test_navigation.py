"""The menu: who sees what, in which order, and which entry is the present one."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from bcp_portal.ui.navigation import Navigation, NavigationEntry, NavigationGroup, NavigationItem

pytestmark = pytest.mark.urls("tests.ui.urls")

HOME = NavigationItem("ホーム", "home", "read", 0, "house", exact=True)
DRILLS = NavigationItem("訓練計画", "drills", "read", 50, "flag", group="訓練")
ANNEXES = NavigationItem("様式一覧", "annexes", "read", 20, "table", group="計画")
SETTINGS = NavigationItem("様式の設定", "annex-settings", "manage", 30, "gear", group="計画")


class Member:
    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def may(self, permission: str) -> bool:
        return permission in self.permissions


@pytest.fixture
def menu() -> Navigation:
    navigation = Navigation()
    navigation.register(DRILLS, SETTINGS, ANNEXES, HOME)
    return navigation


def seen_by(menu: Navigation, member: Member, page_path: str) -> list[NavigationGroup]:
    return menu.groups_for(member, municipality_code="131229", path=page_path)


def current(menu: Navigation, page_path: str) -> dict[str, str]:
    groups = seen_by(menu, Member("read", "manage"), page_path)
    entries: list[NavigationEntry] = [entry for group in groups for entry in group.entries]
    return {entry.label: entry.current for entry in entries if entry.current}


def test_items_stand_in_order_under_their_groups(menu: Navigation) -> None:
    groups = seen_by(menu, Member("read", "manage"), "/131229/")

    assert [(group.label, [entry.label for entry in group.entries]) for group in groups] == [
        ("", ["ホーム"]),
        ("計画", ["様式一覧", "様式の設定"]),
        ("訓練", ["訓練計画"]),
    ]
    assert groups[1].entries[0].url == "/131229/annex/"


def test_an_item_without_permission_is_not_shown(menu: Navigation) -> None:
    def labels(member: Member) -> list[str]:
        groups = seen_by(menu, member, "/131229/")
        return [entry.label for group in groups for entry in group.entries]

    assert "様式の設定" in labels(Member("read", "manage"))
    assert "様式の設定" not in labels(Member("read"))
    assert labels(Member()) == []


def test_the_present_page_and_the_section_above_it(menu: Navigation) -> None:
    assert current(menu, "/131229/") == {"ホーム": "page"}
    assert current(menu, "/131229/annex/") == {"様式一覧": "page"}
    assert current(menu, "/131229/annex/17/edit/") == {"様式一覧": "true"}
    assert current(menu, "/131229/annex/settings/17/") == {"様式の設定": "true"}
    assert current(menu, "/131229/people/") == {}


def test_one_page_has_one_item(menu: Navigation) -> None:
    with pytest.raises(ImproperlyConfigured, match="annexes"):
        menu.register(ANNEXES)
