"""Key pairs of officers and wards: made, kept under a password, sealed to others, restored from a printed key."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import token_bytes
from unicodedata import normalize

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from backend.crypto import codes
from backend.crypto.boxes import SealBroken, is_under, open_box, open_under, seal, seal_under
from backend.crypto.derive import KEY_BYTES, Key, derive, server_keys
from backend.errors import N_, DomainError, Kind

# RFC 9106's second recommended setting (with one lane): about 0.1 s on a small server, and more than OWASP's minimum.
ARGON2_PASSES = 3
ARGON2_BYTES = 64 * 1024 * 1024
# passes and KiB, behind the salt; the first release wrote none and did always the same work
_WORK = struct.Struct("<BI")
_FIRST_WORK = (3, 64 * 1024)

_WRAPPING = "staff-private-key"
_WRAPPED = b"staff/private-key"
_RECOVERY = b"ward/recovery"


class WrongPassword(DomainError):
    """The password is not the account's; type it again."""

    kind = Kind.UNAUTHENTICATED
    code = "wrong_password"
    text = N_("Mật khẩu chưa đúng.")


class RecoveryKeyMalformed(DomainError):
    """What was typed is no recovery key; compare each character with the printed one.

    `group` (from 1) looks wrong, None when that cannot be told.
    """

    kind = Kind.UNPROCESSABLE
    code = "recovery_key_malformed"
    text = N_("Khóa khôi phục chưa đúng. Hãy so lại từng ký tự với bản in: hai dòng, mỗi dòng 18 ký tự.")

    def __init__(self, *, group: int | None, **params: object) -> None:
        super().__init__(group=group, **params)


class RecoveryKeyWrong(DomainError):
    """The recovery key is well formed, but not this ward's newest; look for the latest print."""

    kind = Kind.UNPROCESSABLE
    code = "recovery_key_wrong"
    text = N_(
        "Khóa khôi phục này không phải của nơi bạn làm việc. Hãy tìm bản in mới nhất, và nhập dòng thứ nhất trước."
    )


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An X25519 key pair, 32 bytes each; the private half stays out of the repr."""

    public: bytes
    private: bytes = field(repr=False)


def new_keypair() -> KeyPair:
    """A fresh key pair."""
    private = PrivateKey.generate()
    return KeyPair(public=bytes(private.public_key), private=bytes(private))


def public_half(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return bytes(PrivateKey(private).public_key)


def seal_to(public_key: bytes, secret: bytes) -> bytes:
    """`secret` for the holder of the private key only (crypto_box_seal); the sender cannot open it again."""
    return SealedBox(PublicKey(public_key)).encrypt(secret)


def open_sealed(key: KeyPair | bytes, box: bytes) -> bytes:
    """What was sealed to this key pair (or private key of 32 bytes); raises SealBroken."""
    private = key.private if isinstance(key, KeyPair) else key
    try:
        return SealedBox(PrivateKey(private)).decrypt(box)
    except (CryptoError, ValueError):
        raise SealBroken from None


def wrap_private_key(private: bytes, password: str) -> tuple[bytes, bytes]:
    """(salt, wrapped): the private key as it rests in the database, under Argon2id(password) and the server's key.

    The salt carries the work that Argon2id is to do, so that it can be raised without locking anybody out.
    """
    salt = token_bytes(pwhash.argon2id.SALTBYTES) + _WORK.pack(ARGON2_PASSES, ARGON2_BYTES // 1024)
    current = next(_password_keys(password, salt))
    return salt, seal_under(current, private, context=_WRAPPED)


def unwrap_private_key(wrapped: bytes, password: str, salt: bytes) -> bytes:
    """The private key; raises WrongPassword (also when the server has not the key that it was wrapped with)."""
    try:
        return open_under(_password_keys(password, salt), wrapped, context=_WRAPPED)
    except SealBroken:
        raise WrongPassword from None


def needs_new_wrapping(wrapped: bytes) -> bool:
    """Whether a private key rests under a former key of the server, or in the first release's form."""
    return not is_under(server_keys(_WRAPPING)[0], wrapped)


def _password_keys(password: str, salt: bytes) -> Iterator[Key]:
    """The password's key under each key of the server, the current one first.

    The server's key goes in as salt: with the database alone, even a weak password cannot be tried.
    """
    stretched = _stretched(password, salt)
    for key in server_keys(_WRAPPING):
        yield Key(key.id, derive(stretched, _WRAPPING, salt=key.secret))


def _stretched(password: str, salt: bytes) -> bytes:
    """32 bytes of Argon2id, with the work that stands behind the salt.

    NFC, because the same Vietnamese password leaves different keyboards composed or decomposed.
    """
    entered = normalize("NFC", password).encode("utf-8", "surrogatepass")
    salt, work = salt[: pwhash.argon2id.SALTBYTES], salt[pwhash.argon2id.SALTBYTES :]
    passes, kibibytes = _WORK.unpack(work) if work else _FIRST_WORK
    return pwhash.argon2id.kdf(KEY_BYTES, entered, salt, opslimit=passes, memlimit=kibibytes * 1024)


@dataclass(frozen=True, slots=True, eq=False)
class RecoveryKey:
    """160 random bits on paper, kept in a safe: restore a ward's private key when no grant is left."""

    secret: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "RecoveryKey":
        """A recovery key as it is typed from paper; raises RecoveryKeyMalformed."""
        half = codes.CODE_LENGTH
        before = 0
        try:
            typed = codes.read(text, length=2 * half)
            first = codes.decode(typed[:half])
            before = -(-half // codes.GROUP)
            return cls(first + codes.decode(typed[half:]))
        except codes.CodeMalformed as malformed:
            group = None if malformed.group is None else malformed.group + before
            raise RecoveryKeyMalformed(group=group, field="recovery_key") from None

    @property
    def text(self) -> str:
        """Two lines of a receipt's shape, each with its own check characters."""
        halves = self.secret[: codes.SECRET_BYTES], self.secret[codes.SECRET_BYTES :]
        return "\n".join(codes.grouped(codes.encode(half)) for half in halves)

    def key(self) -> bytes:
        """The 32-byte key that the ward's private key is sealed under; no server's key in it: paper alone restores."""
        return derive(self.secret, "ward-recovery")


def new_recovery_key() -> RecoveryKey:
    """A fresh recovery key; print its text, then forget it."""
    return RecoveryKey(token_bytes(2 * codes.SECRET_BYTES))


def seal_to_recovery(key: RecoveryKey, private: bytes) -> bytes:
    """A ward's private key, for whoever holds the paper."""
    return seal(key.key(), private, context=_RECOVERY)


def open_with_recovery(text: str, box: bytes) -> bytes:
    """The ward's private key; raises RecoveryKeyMalformed, RecoveryKeyWrong."""
    try:
        return open_box(RecoveryKey.parse(text).key(), box, context=_RECOVERY)
    except SealBroken:
        raise RecoveryKeyWrong(field="recovery_key") from None
