"""The server's key pair for Web Push (VAPID, RFC 8292). Browsers get the public key when they subscribe."""

import base64
from functools import lru_cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend.config import settings


def private_key() -> ec.EllipticCurvePrivateKey | None:
    """The key of the settings; None when Web Push is not set up. Raises ValueError when it is no P-256 scalar."""
    setting = settings().vapid_private_key
    return _load(setting.get_secret_value()) if setting else None


def public_key() -> str | None:
    """What a browser subscribes with (base64url of the point); None when Web Push is not set up."""
    key = private_key()
    return encode(public_bytes(key)) if key else None


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The uncompressed point, 65 bytes."""
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def new_private_key() -> str:
    """A new key in the form of the setting BINHYEN_VAPID_PRIVATE_KEY."""
    key = ec.generate_private_key(ec.SECP256R1())
    return encode(key.private_numbers().private_value.to_bytes(32, "big"))


def encode(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@lru_cache(maxsize=4)
def _load(text: str) -> ec.EllipticCurvePrivateKey:
    scalar = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(scalar) != 32:
        raise ValueError("BINHYEN_VAPID_PRIVATE_KEY must be 32 bytes of base64url")
    return ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
