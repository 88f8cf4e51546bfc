"""Declares the master of departments, from which the annexes choose."""

from bcp_portal.accounts.models import Department
from bcp_portal.annex.spec import AnnexSpec, Unprinted, col
from systems.naming import distinct_name
from systems.rules.row import NoCircle, NotBefore

DEPARTMENTS = AnnexSpec(
    code="departments",
    called_like_departments=True,
    title="部署",
    purpose="様式の主管部門などで選ぶ部局・課を登録します。なくなった部署は消さずに廃止日を書きます。",
    model=Department,
    natural_key=("name",),
    unprinted=Unprinted.REGISTER,
    columns=(
        col("name", 14, also_called=("部署", "課名", "名称", "所属名")),
        col("aliases", 12, also_called=("別名", "略称", "通称")),
        col("parent", 12, also_called=("部", "部局", "上位部署")),
        col("is_ict", 5),
        col("valid_from", 8),
        col("valid_to", 8),
    ),
    rules=(distinct_name, NoCircle("parent"), NotBefore("valid_from", "valid_to")),
)

TABLES = (DEPARTMENTS,)
