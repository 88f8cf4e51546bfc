"""Puts the secrets and settings of a backup where the operator of the new machine finds them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from bcp_portal import env
from bcp_portal.backup.encrypted_file import private_file
from bcp_portal.jobs.files import make_private_folder

FOLDER = "restored-settings"
_SECRETS = {"BCP_SECRET_KEY": "secret_key", "BCP_POSTGRES_PASSWORD": "database_password"}


def write_settings(values: Mapping[str, str]) -> Iterator[str]:
    """Write each secret into a file of its own and the rest as bcp.env; yield what to do (Japanese)."""
    folder = Path(settings.DATA_DIR) / FOLDER
    make_private_folder(folder)
    for name, file in _SECRETS.items():
        if values.get(name):
            _write(folder / file, values[name])
    plain = [f"{name}={_quoted(values[name])}\n" for name in values if name not in _SECRETS]
    _write(folder / "bcp.env", "".join(plain))
    yield f"元の設定と秘密の値を {folder} に書きました。必要なものを移した後、このフォルダーは削除してください。"
    if not env.is_given("BCP_SECRET_KEY"):
        place = Path(settings.DATA_DIR) / "secret_key"
        place.unlink(missing_ok=True)  # the one this very command made when it started
        _write(place, values["BCP_SECRET_KEY"])
        yield "元の BCP_SECRET_KEY を、データのフォルダーの secret_key に戻しました。"
    elif values["BCP_SECRET_KEY"] != settings.SECRET_KEY:
        yield (
            "この環境の BCP_SECRET_KEY は元の値と違います。このまま使うと、全員がサインインし直します。"
            "元の値を使うには、secret_key の内容を設定してください。"
        )


def _write(path: Path, content: str) -> None:
    path.unlink(missing_ok=True)
    with private_file(path) as file:
        file.write(content.encode())


def _quoted(value: str) -> str:
    """Return a value as systemd and docker-compose read it from a file."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
