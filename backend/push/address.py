"""Push addresses: one form for registered devices and for the sealed address of a tip's reporter."""

import base64
import binascii
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from backend import crypto
from backend.config import settings
from backend.push.errors import PushAddressMalformed, PushKindNotAvailable, WebPushHostNotAllowed

MAX_ENDPOINT = 1024
MAX_TOKEN = 1024
MAX_HOST = 253
_TOKEN = re.compile(r"[A-Za-z0-9_:\-]{16,1024}")
# Firebase installation ids: 22 characters of base64url whose first four bits are 0111
_FID = re.compile(r"[cdef][A-Za-z0-9_\-]{21}")
_CONSOLE = re.compile(r"[A-Za-z0-9\-]{8,64}")
_LABEL = r"[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})+")  # RFC 1123 §2.1
_PRINTABLE = re.compile(r"[!-\[\]-~]+")  # printable ASCII without the backslash


class DeviceKind(StrEnum):
    """What kind of address it is. FCM's tokens and installation ids are two kinds."""

    FCM_TOKEN = "fcm_token"  # noqa: S105 - a kind, not a secret
    FCM_FID = "fcm_fid"
    WEBPUSH = "webpush"
    CONSOLE = "console"


@dataclass(frozen=True)
class PushAddress:
    """`address`: the registration token, the installation id or the endpoint's URL.

    `p256dh` and `auth` (base64url) are the subscription's keys, for Web Push only.
    """

    kind: DeviceKind
    address: str
    p256dh: str | None = None
    auth: str | None = None
    language: str = "vi"

    @classmethod
    def checked(
        cls,
        *,
        kind: str,
        token: str | None = None,
        subscription: Mapping[str, Any] | None = None,
        language: str = "vi",
    ) -> Self:
        """Check what a client sent. Raises PushAddressMalformed, WebPushHostNotAllowed, PushKindNotAvailable."""
        known = _known_kind(kind)
        spoken = "en" if language == "en" else "vi"
        if known is DeviceKind.WEBPUSH:
            return cls(known, *_checked_subscription(token, subscription), spoken)
        if subscription is not None:
            raise PushAddressMalformed(field="subscription")
        return cls(known, _checked_token(known, token), None, None, spoken)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """What backend.packing made of an address, read from JSON; a field that is not known here is left out."""
        known = {field.name: raw[field.name] for field in fields(cls) if field.name in raw}
        return cls(**{**known, "kind": _known_kind(str(raw["kind"]))})


def address_hashes(kind: DeviceKind, address: str) -> list[bytes]:
    """What a device may be found by: the hash that is stored today, then those of former keys of the server."""
    return crypto.keyed_hashes("push-address", f"{kind.value}:{address}".encode())


def _known_kind(kind: str) -> DeviceKind:
    try:
        return DeviceKind(kind)
    except ValueError:
        raise PushAddressMalformed(field="kind") from None


def endpoint_allowed(endpoint: str) -> bool:
    """Whether the server may post to this Web Push endpoint.

    Clients choose the endpoint. Without this check they could make the server send requests into our own network
    (SSRF). Loopback addresses are allowed in tests and in the demo only.
    """
    if len(endpoint) > MAX_ENDPOINT or not _PRINTABLE.fullmatch(endpoint):
        return False
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or parts.fragment or not parts.path.startswith("/"):
        return False
    if settings().push_loopback and parts.scheme in ("http", "https") and _is_loopback(host):
        return True
    if parts.scheme != "https" or port not in (None, 443):
        return False
    # one spelling for each host, because each spelling would get a connection pool of its own
    if len(host) > MAX_HOST or not _HOST.fullmatch(host) or parts.netloc.lower() not in (host, f"{host}:443"):
        return False
    suffixes = (suffix.lstrip("*.").lower() for suffix in settings().webpush_hosts)
    return any(host == suffix or host.endswith("." + suffix) for suffix in suffixes if suffix)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _checked_token(kind: DeviceKind, token: str | None) -> str:
    if kind is DeviceKind.CONSOLE and not settings().demo:
        raise PushKindNotAvailable(field="kind")
    shape = {DeviceKind.FCM_TOKEN: _TOKEN, DeviceKind.FCM_FID: _FID, DeviceKind.CONSOLE: _CONSOLE}[kind]
    if token is None or not shape.fullmatch(token):
        raise PushAddressMalformed(field="token")
    if kind is DeviceKind.FCM_TOKEN and _FID.fullmatch(token):
        raise PushAddressMalformed(field="token")
    return token


def _checked_subscription(token: str | None, subscription: Mapping[str, Any] | None) -> tuple[str, str, str]:
    if token is not None:
        raise PushAddressMalformed(field="token")
    if subscription is None:
        raise PushAddressMalformed(field="subscription")
    keys = subscription.get("keys")
    endpoint = subscription.get("endpoint")
    if not isinstance(keys, Mapping) or not isinstance(endpoint, str):
        raise PushAddressMalformed(field="subscription")
    if not endpoint_allowed(endpoint):
        raise WebPushHostNotAllowed(field="subscription.endpoint")
    p256dh, auth = keys.get("p256dh"), keys.get("auth")
    point = _bytes_of(p256dh, 65, field="subscription.keys.p256dh")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise PushAddressMalformed(field="subscription.keys.p256dh") from None
    secret = _bytes_of(auth, 16, field="subscription.keys.auth")
    return endpoint, _text_of(point), _text_of(secret)


def _bytes_of(text: object, length: int, *, field: str) -> bytes:
    """Decode base64url with or without padding: browsers differ."""
    if not isinstance(text, str) or len(text) > 2 * length:
        raise PushAddressMalformed(field=field)
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise PushAddressMalformed(field=field) from None
    if len(data) != length:
        raise PushAddressMalformed(field=field)
    return data


def _text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
