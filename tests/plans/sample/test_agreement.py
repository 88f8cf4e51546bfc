"""The tables agree with each other, apart from the findings that are left in on purpose."""

from bcp_portal.accounts.models import Municipality
from systems.models import (
    BackupItem,
    Business,
    BusinessImpact,
    EmergencyContact,
    RecoveryTarget,
    Site,
    SystemDependency,
    SystemItem,
    VendorContract,
)
from systems.queries.needs import allowed_rto, by_system, needs
from systems.queries.targets import targets_by_system
from tests.plans.sample.reading import printed


def test_targets_are_early_enough_for_every_business(town: Municipality) -> None:
    uses = by_system(needs(essential=True))
    for target in RecoveryTarget.objects.select_related("system"):
        allowed = allowed_rto(uses.get(target.system_id, ())).minutes
        assert allowed is None or target.rto_minutes <= allowed, target.system


def test_critical_businesses_need_critical_systems_only(town: Municipality) -> None:
    critical = {need.row.system for need in needs(essential=True) if need.critical is not None}
    assert critical <= {target.system for target in targets_by_system().values()}


def test_no_system_waits_for_one_that_comes_back_later(town: Municipality) -> None:
    rto = {pk: target.rto_minutes or 0 for pk, target in targets_by_system().items()}
    hard = SystemDependency.objects.filter(hard=True).values_list("system", "depends_on")
    both = [(first, second) for first, second in hard if first in rto and second in rto]
    assert len(both) > 10
    assert [pair for pair in both if rto[pair[0]] < rto[pair[1]]] == []


def test_order_of_recovery_follows_the_dependencies(town: Municipality) -> None:
    order = {pk: target.order or 0 for pk, target in targets_by_system().items()}
    assert sorted(order.values()) == list(range(1, 21))
    hard = SystemDependency.objects.filter(hard=True).values_list("system", "depends_on")
    late = [
        pair
        for pair in hard
        if pair[0] in order and pair[1] in order and order[pair[0]] < order[pair[1]]
    ]
    assert late == []


def test_business_waits_for_none_that_starts_later(town: Municipality) -> None:
    links = [
        (business, needed)
        for business in Business.objects.prefetch_related("depends_on")
        for needed in business.depends_on.all()
    ]
    assert len(links) >= 10
    assert [
        str(business)
        for business, needed in links
        if business.biz_rto_minutes < needed.biz_rto_minutes
    ] == []


def test_harm_never_shrinks_with_time(town: Municipality) -> None:
    levels: dict[int, list[tuple[int, int]]] = {}
    for row in BusinessImpact.objects.all():
        levels.setdefault(row.business_id, []).append((row.at_minutes, row.level))
    assert len(levels) >= 40
    for series in levels.values():
        ordered = [level for _, level in sorted(series)]
        assert ordered == sorted(ordered)


def test_backups_are_as_fresh_as_asked(town: Municipality) -> None:
    items = BackupItem.objects.exclude(frequency_minutes=None).exclude(rpo_minutes=None)
    assert items.count() >= 20
    assert [item.name for item in items if item.frequency_minutes > item.rpo_minutes] == []


def test_a_critical_system_with_data_has_a_backup(town: Municipality) -> None:
    saved = set(BackupItem.objects.values_list("system", flat=True))
    data = {target.system for target in RecoveryTarget.objects.select_related("system")}
    without = {str(system) for system in data if system.pk not in saved}
    assert without == {"インターネット", "LGWAN"}


def test_media_carried_out_are_those_of_the_breakdown(town: Municipality) -> None:
    carried = {
        row["対象システム"] for row in printed("7", town) if row["発災時に持ち出す"] == "はい"
    }
    listed = {
        row["対象システム"]
        for row in printed("18-breakdown", town)
        if row["必要資源"] == "バックアップ媒体"
    }
    assert carried == listed


def test_maintained_critical_systems_have_a_contract(town: Municipality) -> None:
    covered = {
        (contract.vendor_id, system.pk)
        for contract in VendorContract.objects.prefetch_related("systems")
        for system in contract.systems.all()
    }
    for target in RecoveryTarget.objects.select_related("system"):
        system = target.system
        assert (system.vendor_id, system.pk) in covered, system


def test_no_two_contacts_stand_in_for_each_other_alone(town: Municipality) -> None:
    alternates = dict(EmergencyContact.objects.values_list("pk", "alternate"))
    assert None not in alternates.values()
    assert [pk for pk, other in alternates.items() if alternates[other] == pk] == []


def test_alternate_site_survives_what_hits_the_main_office(town: Municipality) -> None:
    main = Site.objects.get(site_kind="main")
    best = Site.objects.get(name="県立見本内陸大学 情報教育棟")
    assert main.disaster_group != best.disaster_group
    assert (main.nuclear_zone, best.nuclear_zone) == ("upz", "outside")


def test_findings_left_in_on_purpose(town: Municipality) -> None:
    """What the published figures themselves get wrong stays to be found."""
    targets = {target.system.name: target for target in RecoveryTarget.objects.all()}
    items = printed("18-breakdown", town)
    unlisted = {row["対象システム"] for row in items} - set(targets)
    assert unlisted == {
        "外部DNS",
        "電子メール",
        "LGWANメール",
        "ウイルス対策",
        "仮想基盤",
        "資産管理",
    }
    at_once = [row for row in items if row["対象システム"] == "グループウェア"]
    assert targets["グループウェア"].rto_minutes == 0
    assert [row["必要になる時点"] for row in at_once] == ["3日"]
    assert "県単医療" in targets
    assert "県単医療" not in {row["対象システム"] for row in items}
    assert targets["グループウェア"].system.hosting == "onprem"
    networks = {system.name for system in SystemItem.objects.filter(kind="network")}
    assert {"市内LAN", "庁内LAN"} <= networks
