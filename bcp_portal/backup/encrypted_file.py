"""An encrypted file that is written and read as a stream, and tells when it was cut or changed.

Beginning: `MAGIC`, 16 bytes of salt, and a proof of the passphrase. scrypt makes the key of the
passphrase and the salt, so each file has a key of its own. Then pieces of 1 MiB, each sealed with
AES-256-GCM under its number and whether it is the last one: none can be left out, moved or added.
"""

import hmac
import os
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bcp_portal.ui.errors import DomainError

MAGIC = b"BCP-PORTAL-BACKUP-1\n"
PIECE = 1 << 20
NO_BACKUP = "このファイルはバックアップではありません。"
NOT_SEALED_WITH_IT = "パスフレーズが違います（または、ファイルの先頭が書き換えられています）。"
BROKEN = "バックアップのファイルが途中で切れているか、書き換えられています。別のバックアップを使ってください。"

_SALT, _PROOF, _TAG = 16, 32, 16
_HEAD = len(MAGIC) + _SALT + _PROOF


class Sealer:
    """Writes what it is given into a file, sealed; without `finish` the file counts as cut."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = secrets.token_bytes(_SALT)
        cipher_key, proof = _keys(passphrase, salt)
        target.write(MAGIC + salt + proof)
        self._target, self._cipher = target, AESGCM(cipher_key)
        self._waiting, self._number = bytearray(), 0

    def write(self, data: bytes) -> None:
        """Take data of any length."""
        self._waiting += data
        while len(self._waiting) > PIECE:  # the last piece is known as such when the end has come
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Write the last piece, and see it onto the disk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._target.flush()
        os.fsync(self._target.fileno())

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last), piece, MAGIC))
        self._number += 1


class Opener:
    """Reads a sealed file; DomainError (Japanese) for a wrong passphrase, a cut or changed file."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        head = source.read(_HEAD)
        if not head.startswith(MAGIC):
            raise DomainError(NO_BACKUP)
        if len(head) < _HEAD:
            raise DomainError(BROKEN)
        salt, noted = head[len(MAGIC) : -_PROOF], head[-_PROOF:]
        cipher_key, proof = _keys(passphrase, salt)
        if not hmac.compare_digest(proof, noted):
            raise DomainError(NOT_SEALED_WITH_IT)
        self._source, self._cipher = source, AESGCM(cipher_key)
        self._ahead = source.read(PIECE + _TAG)
        self._opened, self._number, self._is_over = bytearray(), 0, False

    def read(self, size: int) -> bytes:
        """Return exactly so many bytes; what ends before is broken."""
        while len(self._opened) < size:
            self._open_piece()
        data = bytes(self._opened[:size])
        del self._opened[:size]
        return data

    def finish(self) -> None:
        """Make sure that nothing is left, and that the last piece was the last."""
        if not self._is_over:
            self._open_piece()
        if self._opened or not self._is_over:
            raise DomainError(BROKEN)

    def _open_piece(self) -> None:
        piece, self._ahead = self._ahead, self._source.read(PIECE + _TAG)
        if self._is_over:
            raise DomainError(BROKEN)
        self._is_over = not self._ahead
        try:
            self._opened += self._cipher.decrypt(_nonce(self._number, self._is_over), piece, MAGIC)
        except InvalidTag as error:
            raise DomainError(BROKEN) from error
        self._number += 1


def _keys(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """Return the key of the pieces, and what proves to a reader that the passphrase is right."""
    # 128 MiB and about half a second a guess.
    both = Scrypt(salt=salt, length=64, n=1 << 17, r=8, p=1).derive(passphrase.encode())
    return both[:32], hmac.digest(both[32:], MAGIC + salt, "sha256")


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def private_file(path: os.PathLike[str]) -> BinaryIO:
    """Open a new file for writing that only its owner reads; FileExistsError where there is one."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
