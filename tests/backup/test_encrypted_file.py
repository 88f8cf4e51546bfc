"""A sealed file is read with its passphrase only, and tells each cut and each changed byte."""

import io
import tempfile

import pytest
from pytest import MonkeyPatch

from bcp_portal.backup import encrypted_file
from bcp_portal.backup.encrypted_file import (
    BROKEN,
    MAGIC,
    NO_BACKUP,
    NOT_SEALED_WITH_IT,
    Opener,
    Sealer,
)
from bcp_portal.ui.errors import DomainError

SIZE = 64


@pytest.fixture(autouse=True)
def small_and_quick(monkeypatch: MonkeyPatch) -> None:
    """Seal in pieces of 64 bytes; what a guess costs is not tried a hundred times."""
    monkeypatch.setattr(encrypted_file, "PIECE", SIZE)

    def quick(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
        return passphrase.encode().ljust(32)[:32], passphrase.encode().rjust(32)[:32]

    monkeypatch.setattr(encrypted_file, "_keys", quick)


def sealed_with(data: bytes, passphrase: str = "right") -> bytes:
    with tempfile.TemporaryFile() as file:
        sealer = Sealer(file, passphrase)
        for start in range(0, len(data), 7):
            sealer.write(data[start : start + 7])
        sealer.finish()
        file.seek(0)
        return file.read()


def opened(content: bytes, size: int, passphrase: str = "right") -> bytes:
    opener = Opener(io.BytesIO(content), passphrase)
    data = opener.read(size)
    opener.finish()
    return data


def fault(content: bytes, size: int, passphrase: str = "right") -> str:
    with pytest.raises(DomainError) as caught:
        opened(content, size, passphrase)
    return caught.value.message


@pytest.mark.parametrize("size", [0, 1, SIZE - 1, SIZE, SIZE + 1, 5 * SIZE])
def test_what_was_sealed_is_read(size: int) -> None:
    data = bytes(range(256)) * 2
    assert opened(sealed_with(data[:size]), size) == data[:size]


def test_another_passphrase_opens_nothing() -> None:
    assert fault(sealed_with(b"secret"), 6, "wrong") == NOT_SEALED_WITH_IT


def test_another_file_is_no_backup() -> None:
    assert fault(b"PK\x03\x04 something else", 6) == NO_BACKUP
    assert fault(b"", 0) == NO_BACKUP


def test_every_cut_is_told() -> None:
    data = bytes(3 * SIZE)
    whole = sealed_with(data)
    told = {fault(whole[:length], len(data)) for length in range(len(MAGIC), len(whole))}
    assert told == {BROKEN}


def test_a_cut_behind_a_piece_is_told_also_where_all_that_is_left_can_be_read() -> None:
    """The piece itself says that it is not the last one."""
    whole = sealed_with(bytes(2 * SIZE))
    assert fault(whole[: len(MAGIC) + 16 + 32 + SIZE + 16], SIZE) == BROKEN


def test_every_changed_byte_is_told() -> None:
    data = bytes(2 * SIZE + 5)
    whole = sealed_with(data)
    for place in range(len(MAGIC) + 16 + 32, len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert fault(changed, len(data)) == BROKEN


def test_pieces_that_were_moved_added_or_left_out_are_told() -> None:
    whole = sealed_with(bytes(range(200)))
    head, length = len(MAGIC) + 16 + 32, SIZE + 16
    pieces = [whole[start : start + length] for start in range(head, len(whole), length)]
    one, two, three, last = pieces
    for order in ([two, one, three, last], [one, two, last], [one, two, three, last, last]):
        assert fault(whole[:head] + b"".join(order), 200) == BROKEN


def test_what_lies_behind_the_last_record_is_told() -> None:
    assert fault(sealed_with(b"1234567"), 6) == BROKEN
