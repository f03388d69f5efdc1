"""A Web Push service on the loopback (RFC 8030): VAPID (RFC 8292) is checked, aes128gcm (RFC 8291, RFC 8188) decrypted.

It also plays the browser: `subscribe()` makes the key pair a page would get from `pushManager.subscribe`.
"""

from __future__ import annotations

import base64
import json
import random
import secrets
import ssl
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

import jwt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.doubles.http import Answer, LoopbackServer, Misbehaviour, Reply, Request

MAX_BODY = 4096
MAX_VAPID_SECONDS = 24 * 3600
MAX_TTL = 28 * 24 * 3600
URGENCIES = {"very-low", "low", "normal", "high"}
FaultKind = Literal[
    "gone",
    "not_found",
    "too_large",
    "too_many",
    "internal",
    "unavailable",
    "drop",
    "hang",
    "half",
    "redirect",
    "unauthorized",
    "forbidden",
    "bad_request",
]
_STATUS = {
    "gone": 410,
    "not_found": 404,
    "too_large": 413,
    "too_many": 429,
    "internal": 500,
    "unavailable": 503,
    "unauthorized": 401,
    "forbidden": 403,
    "bad_request": 400,
}


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_b64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True)
class Fault:
    kind: FaultKind
    retry_after: str | None = None


@dataclass
class Subscription:
    """What a browser holds; `address()` is what it hands to the application."""

    id: str
    endpoint: str
    private_key: ec.EllipticCurvePrivateKey
    auth: bytes
    server_key: str | None
    gone: bool = False

    @property
    def p256dh(self) -> bytes:
        return self.private_key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def address(self) -> dict[str, object]:
        return {"endpoint": self.endpoint, "keys": {"p256dh": b64url(self.p256dh), "auth": b64url(self.auth)}}


@dataclass(frozen=True)
class Received:
    """One message that was taken over, decrypted."""

    subscription_id: str
    plaintext: bytes
    ttl: int
    urgency: str | None
    topic: str | None
    headers: dict[str, str] = field(repr=False)
    at: float = field(default_factory=time.monotonic)

    def json(self) -> dict[str, object]:
        value = json.loads(self.plaintext)
        assert isinstance(value, dict)
        return value


class Refused(Exception):
    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class WebPushDouble(LoopbackServer):
    """Refusals for a wrong request are kept in `refused`, so that a test can say there was none."""

    def __init__(self, *, delay: float = 0.0, port: int = 0, seed: int = 1, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(port=port, tls=tls)
        self.delay = delay
        self.subscriptions: dict[str, Subscription] = {}
        self.received: list[Received] = []
        self.attempts: Counter[str] = Counter()
        self.refused: list[tuple[int, str]] = []
        self.waiting: dict[tuple[str, str], Received] = {}  # by (subscription, topic): a later one replaces the earlier
        self.scripts: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.chances: list[tuple[float, Fault]] = []
        self.followed_redirects = 0
        self._random = random.Random(seed)

    def subscribe(self, server_key: str | None = None) -> Subscription:
        """`server_key`: the application server's VAPID public key (base64url); then only its messages are taken."""
        key = secrets.token_urlsafe(24)
        subscription = Subscription(
            key,
            f"{self.origin}/push/{key}",
            ec.generate_private_key(ec.SECP256R1()),
            secrets.token_bytes(16),
            server_key,
        )
        self.subscriptions[key] = subscription
        return subscription

    def script(self, subscription: Subscription, *faults: Fault) -> None:
        self.scripts[subscription.id].extend(faults)

    def messages_for(self, subscription: Subscription) -> list[Received]:
        return [received for received in self.received if received.subscription_id == subscription.id]

    def handle(self, request: Request) -> Answer:
        if request.path == "/elsewhere":
            self.followed_redirects += 1
            return Reply(201)
        key = request.path.removeprefix("/push/")
        self.attempts[key] += 1
        fault = self._fault_for(key)
        if fault is not None:
            return self._break(fault)
        try:
            self._take(key, request)
        except Refused as refused:
            self.refused.append((refused.status, refused.text))
            return Reply(refused.status, refused.text.encode(), content_type="text/plain", delay=self.delay)
        return Reply(201, b"", {"Location": f"{self.origin}/message/{secrets.token_urlsafe(12)}"}, delay=self.delay)

    def _take(self, key: str, request: Request) -> None:
        subscription = self.subscriptions.get(key)
        if subscription is None:
            raise Refused(404, "no such subscription")
        if subscription.gone:
            raise Refused(410, "the subscription has expired")
        if request.method != "POST":
            raise Refused(405, "POST only")
        if len(request.body) > MAX_BODY:
            raise Refused(413, f"{len(request.body)} bytes")
        headers = request.headers
        self._check_vapid(headers.get("authorization", ""), subscription)
        ttl = headers.get("ttl", "")
        if not ttl.isdigit():
            raise Refused(400, "TTL is needed (RFC 8030 §5.2)")
        if int(ttl) > MAX_TTL:
            raise Refused(400, "TTL: at most four weeks are kept here")
        urgency = headers.get("urgency")
        if urgency is not None and urgency not in URGENCIES:
            raise Refused(400, "Urgency is unknown")
        topic = headers.get("topic")
        if topic is not None and (
            len(topic) > 32 or not topic.replace("-", "a").replace("_", "a").isalnum() or not topic.isascii()
        ):
            raise Refused(400, "Topic: at most 32 characters of base64url")
        if headers.get("content-encoding") != "aes128gcm":
            raise Refused(400, "Content-Encoding must be aes128gcm")
        received = Received(key, decrypt(request.body, subscription), int(ttl), urgency, topic, headers)
        self.received.append(received)
        if topic:
            self.waiting[key, topic] = received

    def _check_vapid(self, authorization: str, subscription: Subscription) -> None:
        scheme, _, rest = authorization.partition(" ")
        if scheme.lower() != "vapid":
            raise Refused(401, "VAPID is needed")
        params = dict(part.strip().partition("=")[::2] for part in rest.split(","))
        try:
            public = from_b64url(params["k"])
            key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
            claims = jwt.decode(
                params["t"], key, algorithms=["ES256"], audience=self.origin, options={"require": ["aud", "exp", "sub"]}
            )
        except (KeyError, ValueError, jwt.PyJWTError) as error:
            raise Refused(403, f"VAPID: {error}") from error
        if claims["exp"] > time.time() + MAX_VAPID_SECONDS:
            raise Refused(403, "VAPID: exp is more than 24 hours ahead")
        if not str(claims["sub"]).startswith(("mailto:", "https:")):
            raise Refused(403, "VAPID: sub must be a mailto: or https: address")
        if subscription.server_key is not None and from_b64url(subscription.server_key) != public:
            raise Refused(403, "VAPID: another key than the one subscribed with")

    def _fault_for(self, key: str) -> Fault | None:
        planned = self.scripts.get(key)
        if planned:
            return planned.popleft()
        if self.chances:
            draw = self._random.random()
            for chance, fault in self.chances:
                if draw < chance:
                    return fault
                draw -= chance
        return None

    def _break(self, fault: Fault) -> Answer:
        if fault.kind in ("drop", "hang", "half"):
            return Misbehaviour(fault.kind)
        if fault.kind == "redirect":
            return Reply(307, b"", {"Location": f"{self.origin}/elsewhere"})
        headers = {"Retry-After": fault.retry_after} if fault.retry_after is not None else {}
        return Reply(_STATUS[fault.kind], fault.kind.encode(), headers, delay=self.delay, content_type="text/plain")


def decrypt(body: bytes, subscription: Subscription) -> bytes:
    """The receiving side of RFC 8291 over RFC 8188. Raises Refused."""
    if len(body) < 21 + 65 + 17:
        raise Refused(400, "the body is too short")
    salt, record_size, key_length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, cipher = body[21 : 21 + key_length], body[21 + key_length :]
    if key_length != 65 or record_size < 18 or len(cipher) > record_size:
        raise Refused(400, "the header of the record is wrong")
    try:
        sender_key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    except ValueError as error:
        raise Refused(400, "the sender's key is not a point") from error
    shared = subscription.private_key.exchange(ec.ECDH(), sender_key)
    secret = _hkdf(subscription.auth, shared, b"WebPush: info\x00" + subscription.p256dh + sender, 32)
    key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\x00", 12)
    try:
        padded = AESGCM(key).decrypt(nonce, cipher, None)
    except InvalidTag as error:
        raise Refused(400, "the record does not decrypt") from error
    plain = padded.rstrip(b"\x00")
    if not plain.endswith(b"\x02"):
        raise Refused(400, "the last record has no delimiter")
    return plain[:-1]


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
