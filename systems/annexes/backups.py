"""Declares 様式7: important information and its backups."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col, derived
from systems.models import BackupItem
from systems.models.backups import PROTECTION
from systems.rules import backup as rules
from systems.rules.row import NoneAlone, OnlyOneOf, chosen

BACKUP = "バックアップ"
RESTORE = "復元"
IF_BACKED_UP = "「バックアップの有無」が「有」のときは"
IF_ELSEWHERE = "バックアップを原本と別の場所に保管しているときは"

ANNEX = Annex(
    number=7,
    title="重要情報のバックアップの状況と対策",
    steps=(5,),
    purpose="失ってはならない情報がどこにあり、写しからどう取り戻すかを確かめ、足りない備えを見つけます。",
)

BACKUPS = AnnexSpec(
    code="7",
    number=7,
    title="重要情報のバックアップの状況と対策",
    purpose="データベース、ファイル、紙の文書など、重要な情報を1件ずつ書きます。",
    model=BackupItem,
    landscape=True,
    natural_key=("name",),
    columns=(
        col("name", 14, also_called=("情報名", "データ名", "重要情報", "名称", "データの名称")),
        col("data_kind", 8, also_called=("種類", "分類", "区分")),
        col("system", 10, need=Need.CONDITION),
        col(
            "owner_department",
            8,
            inferred=True,
            in_list=False,
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
        col("primary_site", 8),
        col("primary_room", 6, in_list=False),
        col("media", 7),
        col("backed_up", 4, group=BACKUP, also_called=("バックアップ", "バックアップ有無")),
        col("method", 8, group=BACKUP, need=Need.CONDITION, in_list=False),
        col(
            "frequency_minutes",
            5,
            group=BACKUP,
            need=Need.CONDITION,
            inferred=True,
            in_list=False,
            also_called=("頻度", "取得頻度", "バックアップ頻度", "取得間隔"),
        ),
        col("on_demand", 4, group=BACKUP, inferred=True, in_list=False, below=True),
        col(
            "generations",
            4,
            group=BACKUP,
            inferred=True,
            in_list=False,
            also_called=("世代", "保管世代"),
        ),
        col(
            "backup_site", 8, group=BACKUP, need=Need.CONDITION, also_called=("保管場所", "保管先")
        ),
        col("in_safe", 4, group=BACKUP, in_list=False),
        derived(
            "same_disaster",
            "同時被災の可能性",
            Kind.TEXT,
            rules.same_disaster,
            5,
            group=BACKUP,
        ),
        col("retrieval", 12, group=RESTORE, need=Need.CONDITION, in_list=False),
        col("retrieval_time_minutes", 6, group=RESTORE, need=Need.CONDITION, in_list=False),
        col("protection", 7, group=BACKUP, need=Need.APPROVAL, in_list=False),
        col(
            "rpo_minutes",
            6,
            group=RESTORE,
            need=Need.APPROVAL,
            inferred=True,
            in_list=False,
            also_called=("RPO",),
        ),
        col("restore_tested_on", 7, group=RESTORE, need=Need.APPROVAL, in_list=False),
        col("restore_result", 5, group=RESTORE, need=Need.APPROVAL, in_list=False),
        col("power_off_backup", 4, group=BACKUP, in_list=False),
        col("carry_out", 5, need=Need.APPROVAL, in_list=False),
        col("offline_copy", 6, need=Need.APPROVAL, inferred=True, in_list=False),
        col(
            "offline_copy_place",
            8,
            need=Need.CONDITION,
            inferred=True,
            in_list=False,
            below=True,
        ),
        col("measures", 12, need=Need.CONDITION, in_list=False),
    ),
    rules=(
        RequiredWhen(
            "system",
            lambda row: row.data_kind != "paper",
            because="「種別」が「文書（紙）」でないときは",
        ),
        RequiredWhen("method", chosen("backed_up", "yes"), because=IF_BACKED_UP),
        RequiredWhen(
            "frequency_minutes",
            rules.needs_interval,
            because="「バックアップの有無」が「有」で、随時取得でないときは",
        ),
        OnlyOneOf("frequency_minutes", "on_demand"),
        rules.interval_is_positive,
        RequiredWhen("backup_site", chosen("backed_up", "yes"), because=IF_BACKED_UP),
        RequiredWhen("retrieval", rules.is_stored_elsewhere, because=IF_ELSEWHERE),
        RequiredWhen("retrieval_time_minutes", rules.is_stored_elsewhere, because=IF_ELSEWHERE),
        NoneAlone("protection", PROTECTION),
        RequiredWhen(
            "offline_copy_place",
            chosen("offline_copy", "available"),
            because="「端末だけで見られる形の写し」が「あり」のときは",
        ),
        RequiredWhen(
            "measures",
            rules.needs_measure,
            because="バックアップが「無」か「不明」、原本と同時に被災する、または復元テストが「失敗」のときは",
        ),
    ),
)

TABLES = (BACKUPS,)
