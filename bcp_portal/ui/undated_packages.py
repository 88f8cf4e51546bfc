"""Makes Word files of one content the same file, whenever they are written."""

import io
import zipfile

# The first day that the format of the package can say.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def undated(content: bytes) -> bytes:
    """Return an office file whose parts do not say when they were written."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for part in package.infolist():
            said = package.read(part)
            part.date_time = _NO_DAY
            written.writestr(part, said)
    return target.getvalue()
