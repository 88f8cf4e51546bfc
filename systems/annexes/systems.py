"""Declares 様式1: the list of information systems, and the table of their dependencies."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, Unprinted, col, derived
from systems.columns.system import (
    building_proposals,
    businesses,
    dependencies,
    flood_proposals,
    is_critical,
)
from systems.models import SystemDependency, SystemItem
from systems.naming import distinct_name
from systems.rules import system as rules
from systems.rules.row import NoCircle, OnlyOneOf, chosen

DAMAGE = "情報システムが被害を受ける可能性"
HARDWARE = "ハードウェア"
OSAPP = "サーバOS・アプリケーションのバックアップ"
EMERGENCY = "非常時の利用"

ANNEX = Annex(
    number=1,
    title="情報システム一覧",
    steps=(2,),
    purpose="どの情報システムがあり、災害でどう傷み、どうすれば作り直せるかを一覧にします。",
)

SYSTEMS = AnnexSpec(
    code="1",
    number=1,
    title="情報システム一覧",
    purpose="情報システムとネットワークを1行ずつ書きます。ほかの多くの様式がこの一覧から選びます。",
    model=SystemItem,
    landscape=True,
    natural_key=("name",),
    columns=(
        col(
            "name",
            14,
            also_called=(
                "システム名",
                "情報システム名",
                "情報システム名称",
                "業務システム名",
                "名称",
            ),
        ),
        col(
            "aliases",
            8,
            inferred=True,
            in_list=False,
            below=True,
            also_called=("別名", "略称", "通称"),
        ),
        col("parent", 8, inferred=True, in_list=False),
        col("kind", 10, also_called=("種類", "分類", "区分")),
        col("hosting", 7, also_called=("形態", "クラウド/オンプレ", "設置形態", "稼働形態")),
        col(
            "overview",
            18,
            in_list=False,
            also_called=("概要", "システム概要", "関連する業務", "システムの概要"),
        ),
        derived("businesses", "関連業務", Kind.REFERENCES, businesses, 12, in_list=False),
        col("no_business_reason", 8, in_list=False, below=True),
        col(
            "owner_department",
            8,
            also_called=(
                "主管課",
                "所管課",
                "所管部署",
                "担当課",
                "所管",
                "主管",
                "主管部署",
                "所属",
                "担当部署",
            ),
        ),
        col("operator_department", 8, in_list=False),
        col("operator_vendor", 8, in_list=False),
        col("in_scope", 5),
        col("out_of_scope_reason", 10, need=Need.CONDITION, in_list=False),
        # Not Need.APPROVAL: a network, or a program on one terminal, uses no network.
        col("networks", 9, in_list=False),
        col("zone", 8, in_list=False),
        derived(
            "depends_on",
            "依存するシステム",
            Kind.REFERENCES,
            dependencies,
            10,
            inferred=True,
            in_list=False,
        ),
        col("building_weak", 6, group=DAMAGE, need=Need.APPROVAL, in_list=False),
        derived(
            "building_proposal",
            "庁舎の弱さの提案",
            Kind.TEXT,
            building_proposals,
            5,
            group=DAMAGE,
            in_list=False,
            unprinted=Unprinted.HINT,
        ),
        col(
            "building_weak_reason",
            8,
            group=DAMAGE,
            need=Need.CONDITION,
            in_list=False,
            below=True,
        ),
        col("flood_weak", 6, group=DAMAGE, need=Need.APPROVAL, in_list=False),
        derived(
            "flood_proposal",
            "場所の弱さの提案",
            Kind.TEXT,
            flood_proposals,
            5,
            group=DAMAGE,
            in_list=False,
            unprinted=Unprinted.HINT,
        ),
        col("flood_weak_reason", 8, group=DAMAGE, need=Need.CONDITION, in_list=False, below=True),
        col(
            "seismic_fixed",
            5,
            group=DAMAGE,
            need=Need.APPROVAL,
            in_list=False,
            also_called=("耐震固定", "固定", "転倒防止"),
        ),
        col(
            "model",
            8,
            group=HARDWARE,
            need=Need.APPROVAL,
            in_list=False,
            also_called=("機種", "型番", "機器名", "型式", "メーカー・型番"),
        ),
        col(
            "units",
            4,
            group=HARDWARE,
            need=Need.APPROVAL,
            in_list=False,
            also_called=("数量", "サーバ台数"),
        ),
        col(
            "location",
            8,
            group=HARDWARE,
            need=Need.CONDITION,
            also_called=("設置場所名", "場所", "設置箇所"),
        ),
        col("maintenance", 6, group=HARDWARE, need=Need.APPROVAL, in_list=False),
        col(
            "vendor",
            9,
            group=HARDWARE,
            need=Need.CONDITION,
            also_called=(
                "保守業者",
                "保守ベンダ",
                "保守ベンダー",
                "委託先",
                "業者名",
                "保守委託先",
                "保守会社",
            ),
        ),
        col(
            "maintenance_end",
            7,
            group=HARDWARE,
            inferred=True,
            in_list=False,
            also_called=(
                "保守期限",
                "保守期間（終了）",
                "契約終了日",
                "リース満了日",
                "保守終了日",
            ),
        ),
        col(
            "osapp_backup",
            4,
            group=OSAPP,
            need=Need.APPROVAL,
            in_list=False,
            also_called=("バックアップ", "バックアップ有無"),
        ),
        col("osapp_backup_site", 8, group=OSAPP, need=Need.CONDITION, inferred=True, in_list=False),
        col("osapp_backup_timing", 7, group=OSAPP, need=Need.CONDITION, in_list=False),
        col("reinstall_ease", 7, group=OSAPP, need=Need.APPROVAL, in_list=False),
        col("server_loss_alt", 12, group=OSAPP, need=Need.APPROVAL, in_list=False),
        col("soft_loss_alt", 12, group=OSAPP, need=Need.APPROVAL, in_list=False),
        col("special_settings", 12, group=OSAPP, need=Need.APPROVAL, in_list=False),
        col("offline_data", 8, group=EMERGENCY, need=Need.APPROVAL, inferred=True, in_list=False),
        col(
            "has_personal",
            4,
            group=EMERGENCY,
            inferred=True,
            in_list=False,
            also_called=("個人情報",),
        ),
        derived("is_critical", "重要情報システム", Kind.BOOLEAN, is_critical, 5, group=EMERGENCY),
    ),
    rules=(
        distinct_name,
        NoCircle("parent"),
        rules.two_levels_at_most,
        rules.owner_exists_today,
        OnlyOneOf("operator_department", "operator_vendor"),
        RequiredWhen(
            "out_of_scope_reason",
            lambda row: row.in_scope is False,
            because="「本計画の対象」が「いいえ」のときは",
        ),
        rules.networks_are_networks,
        RequiredWhen(
            "building_weak_reason",
            rules.building_differs,
            because="「庁舎の弱さ」が提案と違うときは",
        ),
        RequiredWhen(
            "flood_weak_reason", rules.flood_differs, because="「場所の弱さ」が提案と違うときは"
        ),
        rules.fixing_applies_on_premises,
        RequiredWhen(
            "location", chosen("hosting", "onprem"), because="「提供形態」が「庁舎内」のときは"
        ),
        RequiredWhen(
            "vendor",
            chosen("maintenance", "vendor"),
            because="「保守の担い手」が「事業者」のときは",
        ),
        rules.staff_maintenance_has_no_vendor,
        RequiredWhen(
            "osapp_backup_site",
            chosen("osapp_backup", "yes"),
            because="「バックアップの有無」が「有」のときは",
        ),
        RequiredWhen(
            "osapp_backup_timing",
            chosen("osapp_backup", "yes"),
            because="「バックアップの有無」が「有」のときは",
        ),
    ),
)

DEPENDENCIES = AnnexSpec(
    code="1-dependencies",
    number=1,
    title="依存するシステム",
    purpose="システムごとに、先に動いていなければならないシステムを書きます。復旧の順序を確かめるために使います。",
    model=SystemDependency,
    parent="system",
    natural_key=("system", "depends_on"),
    columns=(
        col("system", 14, inferred=True),
        col("depends_on", 14, inferred=True),
        col("kind", 8, inferred=True),
        col("hard", 6, inferred=True),
    ),
    rules=(rules.depends_on_another, rules.no_hard_circle),
)

TABLES = (SYSTEMS, DEPENDENCIES)
