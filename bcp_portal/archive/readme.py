"""Says in plain Japanese, inside the archive, what it is: who opens it may have no portal left."""

from bcp_portal.archive.manifest import Manifest

_TEXT = """{name}（{code}）のアーカイブ

この団体がICT業務継続計画ポータルに持っていたもの全てを収めています。
作成日時: {made_at}
作成者: {made_by}
プログラムの版: {version}　形式の版: {format_version}

manifest.json   目録。全てのファイルのSHA-256、件数、収めなかったものとその理由
schema.json     data/ の各ファイルの項目の説明（JSON Schema）
data/*.jsonl    表ごとの行。1行が1件のJSON（UTF-8）
kept/*.jsonl    版が参照するファイルの名前
files/          図、添付ファイル、全ての版のPDF。名前は内容のSHA-256
                どの行のどのファイルかは、data/ の行の sha256 で分かります
                （版のPDFは data/plans.Edition.jsonl の pdf、masked_pdf、public_pdf）

個人の氏名・電話番号、操作記録を含みます。暗号化した媒体に保管してください。
パスワードは含みません。読み込んだ後、団体管理者が初期パスワードを発行します。
新しい環境への読み込み: python manage.py load_archive このファイル
"""


def readme(manifest: Manifest) -> str:
    """Return the text of README.txt."""
    return _TEXT.format(
        name=manifest.name,
        code=manifest.code,
        made_at=manifest.made_at,
        made_by=manifest.made_by,
        version=manifest.program_version,
        format_version=manifest.format_version,
    )
