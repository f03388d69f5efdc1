"""Firebase Cloud Messaging, HTTP v1: one message to very many devices.

firebase-admin supplies the credentials and checks the message; the sending is ours, because its `send_each` costs a
thread and about 0.8 ms of CPU a message and posts again silently. Nothing here retries: the job does, and the collapse
key hides a message that arrives twice.
"""

import asyncio
import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from firebase_admin import credentials, messaging
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request as TokenRequest

from backend.push.address import DeviceKind
from notifications.channels.http1 import Connection, ConnectionPool
from notifications.channels.http1_response import NoResponse, Response
from notifications.channels.outcome import ACCEPTED, CircuitBreaker, Outcome, R, gone, invalid, temporary
from notifications.channels.push import Push

CONNECTIONS = 512
REPLY_SECONDS = 15.0
TOKEN_SECONDS = 20.0
_PLACEHOLDER = "cAAAAAAAAAAAAAAAAAAAAA"
_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
KINDS = {DeviceKind.FCM_TOKEN: "token", DeviceKind.FCM_FID: "fid"}
_HOST = "fcm.googleapis.com"

log = structlog.get_logger()


@dataclass(frozen=True)
class Template:
    """A message, encoded once; each device's address goes between the two parts."""

    kind: DeviceKind
    before: bytes
    after: bytes

    def body(self, address: str) -> bytes:
        return self.before + json.dumps(address).encode() + self.after


Templates = Mapping[tuple[DeviceKind, str], Template]


def encode(push: Push, kind: DeviceKind) -> Template:
    """The message for tokens or for installation ids; the two have fields of their own. Raises ValueError."""
    field = KINDS[kind]
    message: dict[str, Any] = json.loads(str(_message(push)))  # firebase-admin checks and encodes
    del message["fid"]
    body = json.dumps({"message": message}, ensure_ascii=False, separators=(",", ":")).encode()
    return Template(kind, body[:-2] + f',"{field}":'.encode(), b"}}")


def _message(push: Push) -> messaging.Message:
    tag = push.tag
    return messaging.Message(
        fid=_PLACEHOLDER,
        notification=messaging.Notification(title=push.title, body=push.body),
        data=push.data(),
        android=messaging.AndroidConfig(
            collapse_key=tag,
            priority="high" if push.urgent else "normal",
            ttl=push.ttl,
            notification=messaging.AndroidNotification(tag=tag),
        ),
        apns=messaging.APNSConfig(
            headers={
                "apns-collapse-id": tag,
                "apns-expiration": str(push.expires_at),
                "apns-priority": "10" if push.urgent else "5",
            },
            payload=messaging.APNSPayload(messaging.Aps(thread_id=tag, sound="default" if push.urgent else None)),
        ),
    )


class AccessToken:
    """The service account's bearer token: fetched through Google's own flow, kept while it is valid."""

    def __init__(self, credential: Any) -> None:
        self._credential = credential
        self._request = functools.partial(TokenRequest(), timeout=TOKEN_SECONDS)
        self._lock = asyncio.Lock()

    async def bearer(self, *, instead_of: str | None = None) -> str:
        """A valid token; a fresh one when `instead_of` has just been refused. Raises GoogleAuthError."""
        async with self._lock:
            if not self._credential.valid or self._credential.token == instead_of:
                await asyncio.to_thread(self._credential.refresh, self._request)
            token: str = self._credential.token
            return token


def allowed_base_url(url: str, *, loopback: bool) -> str:
    """`url` without a trailing slash. Raises ValueError unless it is Google's, or loopback where that is allowed."""
    parts = urlsplit(url)
    google = parts.scheme == "https" and parts.hostname == _HOST and parts.port in (None, 443)
    here = loopback and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not (google or here) or parts.username or parts.path.strip("/"):
        raise ValueError("BINHYEN_FCM_BASE_URL must be https://fcm.googleapis.com")
    return url.rstrip("/")


class Fcm:
    """The client of one project. Make it inside the running loop; `close` it in the end."""

    def __init__(
        self, service_account: Path, *, base_url: str, loopback: bool, connections: int = CONNECTIONS,
        timeout: float = REPLY_SECONDS,
    ) -> None:  # fmt: skip
        certificate = credentials.Certificate(str(service_account))
        self._token = AccessToken(certificate.get_credential())
        origin = allowed_base_url(base_url, loopback=loopback)
        self._pool = ConnectionPool(origin, connections=connections, timeout=timeout)
        self._path = f"/v1/projects/{certificate.project_id}/messages:send"
        self._bearer = ""
        self._head = b""

    async def send(
        self, pushes: Mapping[str, Push], recipients: Sequence[R], record: Callable[[R, Outcome], None]
    ) -> None:
        """Send each recipient the push of their language, once; `record` is told each outcome at once.

        What is under way when the task is cancelled has no outcome.
        """
        try:
            await self._authorise()
        except GoogleAuthError as error:
            log.error("fcm_credentials_refused", error=type(error).__name__)
            for recipient in recipients:
                record(recipient, temporary("credentials"))
            return
        templates = {(kind, language): encode(push, kind) for kind in KINDS for language, push in pushes.items()}
        queue, breaker = iter(recipients), CircuitBreaker()
        async with asyncio.TaskGroup() as group:
            for _ in range(min(len(recipients), self._pool.connections)):
                group.create_task(self._work(queue, templates, record, breaker))

    async def _work(
        self, queue: Iterator[R], templates: Templates, record: Callable[[R, Outcome], None], breaker: CircuitBreaker
    ) -> None:
        async with self._pool.connection() as connection:
            for recipient in queue:
                address = recipient.address
                template = templates[address.kind, address.language]
                outcome = breaker.rejection() or await self._post(connection, template.body(address.address))
                breaker.record(outcome)
                record(recipient, outcome)

    async def _post(self, connection: Connection, body: bytes) -> Outcome:
        bearer = self._bearer
        try:
            response = await connection.exchange(self._head + str(len(body)).encode() + b"\r\n\r\n" + body)
            if response.status == 401 and _error(response)[1] != "THIRD_PARTY_AUTH_ERROR":
                await self._authorise(instead_of=bearer)  # the refused one was not taken over: sending anew is safe
                response = await connection.exchange(self._head + str(len(body)).encode() + b"\r\n\r\n" + body)
        except NoResponse as failure:
            return temporary(failure.reason)
        except GoogleAuthError:
            return temporary("credentials")
        return outcome_of(response)

    async def _authorise(self, *, instead_of: str | None = None) -> None:
        bearer = await self._token.bearer(instead_of=instead_of)
        if bearer != self._bearer:
            self._bearer = bearer
            self._head = (
                f"POST {self._path} HTTP/1.1\r\nHost: {self._pool.authority}\r\nAuthorization: Bearer {bearer}\r\n"
                "Content-Type: application/json; charset=UTF-8\r\nAccept: application/json\r\nContent-Length: "
            ).encode("ascii")

    def close(self) -> None:
        self._pool.close()


def outcome_of(response: Response) -> Outcome:
    """Read FCM's answer. An address is gone on UNREGISTERED or FCM's own NOT_FOUND, never on INVALID_ARGUMENT."""
    if response.status == 200 and b'"name"' in response.body:
        return ACCEPTED
    status, code = _error(response)
    if response.status == 404 and (code == "UNREGISTERED" or status == "NOT_FOUND"):
        return gone(code or status)
    if response.status == 400 and status == "INVALID_ARGUMENT":
        return invalid(status)
    if code in ("SENDER_ID_MISMATCH", "THIRD_PARTY_AUTH_ERROR"):
        return invalid(code)
    return temporary(code or status or f"http_{response.status}", response.retry_after())


def _error(response: Response) -> tuple[str, str]:
    """(status, FCM's errorCode) of an error; empty where the body is not FCM's."""
    try:
        error = json.loads(response.body)["error"]
        codes = [detail.get("errorCode", "") for detail in error.get("details", ()) if detail.get("@type") == _ERROR]
        return str(error.get("status", "")), str(codes[0]) if codes else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", ""
