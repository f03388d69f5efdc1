"""Web Push: encrypted for one browser (RFC 8291), signed by this server (RFC 8292), posted as RFC 8030 says."""

import asyncio
import base64
import hmac
import json
import os
import ssl
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend import clock
from backend.push import vapid
from backend.push.address import PushAddress, endpoint_allowed
from notifications.channels.http1 import Connection, ConnectionPool
from notifications.channels.http1_response import NoResponse, Response
from notifications.channels.outcome import ACCEPTED, CircuitBreaker, Outcome, R, gone, invalid, temporary
from notifications.channels.push import Push

CONNECTIONS_PER_ORIGIN = 64
REPLY_SECONDS = 15.0
RECORD_SIZE = 4096
TOKEN_SECONDS = 12 * 3600
RENEW_SECONDS = 3600
MOST_ORIGINS = 200

log = structlog.get_logger()

_KEY_INFO = b"WebPush: info\x00"
_CEK_INFO = b"Content-Encoding: aes128gcm\x00\x01"
_NONCE_INFO = b"Content-Encoding: nonce\x00\x01"


@dataclass
class _Signed:
    header: str
    until: float


class WebPush:
    """The client of this server's VAPID key. Make it inside the running loop; `close` it in the end."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, *, subject: str, timeout: float = REPLY_SECONDS) -> None:
        self._key = key
        self._public = vapid.encode(vapid.public_bytes(key))
        self._subject = subject
        self._timeout = timeout
        self._tls = ssl.create_default_context()  # one for all: making it reads every certificate authority
        self._pools: dict[str, ConnectionPool] = {}
        self._signed: dict[str, _Signed] = {}

    async def send(
        self, pushes: Mapping[str, Push], recipients: Sequence[R], record: Callable[[R, Outcome], None]
    ) -> None:
        """Send each recipient the push of their language, once; `record` is told each outcome at once."""
        by_origin: dict[str, list[R]] = {}
        for recipient in recipients:
            # checked at registration too, but the list may have changed since
            if endpoint_allowed(recipient.address.address):
                by_origin.setdefault(_origin(recipient.address.address), []).append(recipient)
            else:
                record(recipient, invalid("host_not_allowed"))
        async with asyncio.TaskGroup() as group:
            for origin, some in by_origin.items():
                queue, breaker = iter(some), CircuitBreaker()
                for _ in range(min(len(some), CONNECTIONS_PER_ORIGIN)):
                    group.create_task(self._work(origin, queue, pushes, record, breaker))

    async def _work(
        self, origin: str, queue: Iterator[R], pushes: Mapping[str, Push],
        record: Callable[[R, Outcome], None], breaker: CircuitBreaker,
    ) -> None:  # fmt: skip
        async with self._pool(origin).connection() as connection:
            for recipient in queue:
                address = recipient.address
                outcome = breaker.rejection() or await self._try(connection, origin, pushes, address)
                breaker.record(outcome)
                record(recipient, outcome)

    async def _try(self, connection: Connection, origin: str, pushes: Mapping[str, Push], to: PushAddress) -> Outcome:
        try:
            return await self._post(connection, origin, pushes[to.language], to)
        except Exception as error:  # noqa: BLE001 - addresses come from strangers: one must not end its whole chunk
            log.error("push_broken", error=type(error).__name__)  # and no traceback, which would name the address
            return temporary("broken")

    async def _post(self, connection: Connection, origin: str, push: Push, to: PushAddress) -> Outcome:
        try:
            body = encrypt(push.json(), p256dh=_decode(to.p256dh or ""), auth=_decode(to.auth or ""))
        except (ValueError, UnsupportedAlgorithm):
            return invalid("keys")
        parts = urlsplit(to.address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: {self._authorization(origin)}\r\n"
            f"TTL: {int(push.ttl.total_seconds())}\r\nUrgency: {'high' if push.urgent else 'normal'}\r\n"
            f"Topic: {topic_of(push)}\r\nContent-Encoding: aes128gcm\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        try:
            return outcome_of(await connection.exchange(head.encode("ascii") + body))
        except NoResponse as failure:
            return temporary(failure.reason)

    def _pool(self, origin: str) -> ConnectionPool:
        if origin not in self._pools:
            if len(self._pools) >= MOST_ORIGINS:
                self._forget_an_idle_pool()
            self._pools[origin] = ConnectionPool(
                origin, connections=CONNECTIONS_PER_ORIGIN, timeout=self._timeout, tls=self._tls
            )
        return self._pools[origin]

    def _forget_an_idle_pool(self) -> None:
        idle = next((origin for origin, pool in self._pools.items() if not pool.busy), None)
        if idle is not None:
            self._pools.pop(idle).close()

    def _authorization(self, origin: str) -> str:
        now = clock.now().timestamp()
        signed = self._signed.get(origin)
        if signed is None or signed.until - now < RENEW_SECONDS:
            until = now + TOKEN_SECONDS
            token = sign(self._key, audience=origin, subject=self._subject, expires=int(until))
            signed = self._signed[origin] = _Signed(f"vapid t={token}, k={self._public}", until)
        return signed.header

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()


def topic_of(push: Push) -> str:
    """At most 32 characters of base64url (RFC 8030 §5.4): a UUID without its hyphens is just that."""
    return push.tag.replace("-", "")[:32]


def outcome_of(response: Response) -> Outcome:
    """Read a push service's answer. Redirects are not followed: they could lead inside our network."""
    status = response.status
    if status in (200, 201, 202, 204):
        return ACCEPTED
    reason = f"http_{status}"
    if status in (404, 410):
        return gone(reason)
    if status in (400, 401, 403, 405, 413):
        return invalid(reason)
    return temporary(reason, response.retry_after())


def sign(key: ec.EllipticCurvePrivateKey, *, audience: str, subject: str, expires: int) -> str:
    """The VAPID token: a JWT signed with ES256, good for one push service until `expires` (seconds since the epoch)."""
    header = vapid.encode(b'{"typ":"JWT","alg":"ES256"}')
    claims = vapid.encode(json.dumps({"aud": audience, "exp": expires, "sub": subject}, separators=(",", ":")).encode())
    signed = f"{header}.{claims}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{vapid.encode(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def encrypt(plaintext: bytes, *, p256dh: bytes, auth: bytes) -> bytes:
    """One aes128gcm record that only the browser can read (RFC 8291 §3, RFC 8188 §2). Raises ValueError."""
    if len(plaintext) > RECORD_SIZE - 17 - 86:
        raise ValueError("the message is too long for one record")
    receiver = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    sender = ec.generate_private_key(ec.SECP256R1())
    sender_public = sender.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    secret = _hmac(auth, sender.exchange(ec.ECDH(), receiver))
    secret = _hmac(secret, _KEY_INFO + p256dh + sender_public + b"\x01")
    salt = os.urandom(16)
    key = _hmac(salt, secret)
    cipher = AESGCM(_hmac(key, _CEK_INFO)[:16]).encrypt(_hmac(key, _NONCE_INFO)[:12], plaintext + b"\x02", None)
    return salt + struct.pack("!IB", RECORD_SIZE, len(sender_public)) + sender_public + cipher


def _hmac(key: bytes, data: bytes) -> bytes:
    # HKDF of at most 32 bytes is two HMACs (RFC 5869): extract, then one step of expand
    return hmac.digest(key, data, "sha256")


def _origin(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(':443')}"


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
