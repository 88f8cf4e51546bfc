"""Where files are kept that only the server may read: plans, papers, archives, what was brought in."""

from django.core.files.storage import FileSystemStorage


def private_storage() -> FileSystemStorage:
    """Keep files readable by the server's user only."""
    return FileSystemStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)
