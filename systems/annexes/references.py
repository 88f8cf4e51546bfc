"""Declares 様式20: the documents the plan was written from and refers to."""

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, col
from bcp_portal.annex.table import Public
from systems.models import ReferenceDocument
from systems.rules.row import OnlyOneOf

ANNEX = Annex(
    number=20,
    title="参考資料一覧",
    purpose="計画を作るために使った資料と、ほかの様式が参照する文書を登録します。",
)

REFERENCES = AnnexSpec(
    code="20",
    number=20,
    title="参考資料一覧",
    purpose="資料や文書を1件ずつ書きます。想定の根拠や手順の参照先は、この一覧から選びます。",
    model=ReferenceDocument,
    natural_key=("title", "publisher", "edition"),
    columns=(
        col("title", 30, public=Public.SHOW, also_called=("文書名", "名称", "資料")),
        col("publisher", 12, public=Public.SHOW, also_called=("発行元", "発行機関", "作成者")),
        col("published_month", 10, need=Need.APPROVAL, public=Public.SHOW),
        col("published_text", 8, public=Public.SHOW, in_list=False),
        col("kind", 10, need=Need.APPROVAL, public=Public.SHOW),
        col("manager_department", 10, need=Need.CONDITION),
        col("edition", 6, inferred=True),
        col("revised_on", 8, inferred=True),
        col("place", 10, need=Need.APPROVAL, inferred=True, in_list=False),
        col("url", 12, inferred=True, in_list=False, below=True),
    ),
    rules=(OnlyOneOf("published_month", "published_text"),),
)

TABLES = (REFERENCES,)
