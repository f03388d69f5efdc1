"""FCM HTTP v1 and Google's token endpoint on the loopback.

Checks what the real one checks (bearer token, target, types, ttl, sizes), answers with its error shapes, records what
it accepted. As a process of its own: `python -m tests.doubles.fcm --port 0 --delay 0.05 --credentials file.json`; it
prints one JSON line {"port", "origin"} when it is ready, and is asked over HTTP: GET /_double/state,
POST /_double/script, POST /_double/reset.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import secrets
import ssl
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.doubles.fcm_errors import FAULTS, error_reply
from tests.doubles.fcm_message import Refused, check_message
from tests.doubles.http import Answer, LoopbackServer, Misbehaviour, Reply, Request

FaultKind = Literal[
    "unregistered",
    "not_found",
    "invalid_argument",
    "quota",
    "internal",
    "unavailable",
    "sender_mismatch",
    "third_party_auth",
    "unauthenticated",
    "drop",
    "drop_after",
    "hang",
    "half",
    "garbage",
    "redirect",
]


@dataclass(frozen=True)
class Fault:
    """What goes wrong for one request. `retry_after` is sent as it is (seconds or an HTTP date)."""

    kind: FaultKind
    retry_after: str | None = None


@dataclass(frozen=True)
class Accepted:
    """One message that was taken over. `at` is monotonic seconds."""

    kind: str
    target: str
    message: dict[str, Any]
    at: float


class FcmDouble(LoopbackServer):
    """`script(target, Fault…)` plans the next answers for one address; `chances` breaks any request at random."""

    def __init__(
        self,
        *,
        project_id: str = "binh-yen-test",
        delay: float = 0.0,
        port: int = 0,
        seed: int = 1,
        keep_messages: bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(port=port, tls=tls)
        self.project_id = project_id
        self.delay = delay
        self.keep_messages = keep_messages
        self.accepted: list[Accepted] = []
        self.counts: Counter[str] = Counter()  # accepted, by target
        self.total = 0
        self.attempts: Counter[str] = Counter()  # seen, by target
        self.scripts: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.chances: list[tuple[float, Fault]] = []
        self.unregistered: set[str] = set()
        self.topics: defaultdict[str, set[str]] = defaultdict(set)
        self.tokens_issued = 0
        self.token_lifetime = 3600
        self.token_faults: deque[Fault] = deque()
        self._bearers: dict[str, float] = {}
        self._random = random.Random(seed)
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._email = f"firebase-adminsdk@{project_id}.iam.gserviceaccount.com"
        self._send_path = f"/v1/projects/{project_id}/messages:send"
        self._registrations = f"/v1/projects/{project_id}/registrations/"

    # --- what a test says ---------------------------------------------------------------------------------------------

    def credentials(self) -> dict[str, str]:
        """A service-account file whose key is real and whose `token_uri` is this server."""
        pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": self.project_id,
            "private_key_id": "double",
            "private_key": pem.decode(),
            "client_email": self._email,
            "client_id": "1",
            "token_uri": f"{self.origin}/token",
        }

    def script(self, target: str, *faults: Fault) -> None:
        self.scripts[target].extend(faults)

    def revoke_bearers(self) -> None:
        self._bearers.clear()

    def reset(self) -> None:
        for state in (
            self.accepted,
            self.counts,
            self.attempts,
            self.scripts,
            self.chances,
            self.unregistered,
            self.topics,
            self.token_faults,
        ):
            state.clear()
        self.total = 0

    # --- what the network says ----------------------------------------------------------------------------------------

    def handle(self, request: Request) -> Answer:
        if request.target == self._send_path and request.method == "POST":
            return self._send(request)
        if request.path == "/token" and request.method == "POST":
            return self._token(request)
        if request.path.startswith(self._registrations):
            return self._topic(request)
        if request.path.startswith("/_double/"):
            return self._control(request)
        return error_reply(404, "NOT_FOUND", None, "The requested URL was not found on this server.")

    def _send(self, request: Request) -> Answer:
        if not self._authorised(request):
            return error_reply(*FAULTS["unauthenticated"])
        try:
            kind, target, message = check_message(request.body)
        except Refused as refused:
            self.attempts["(malformed)"] += 1
            return error_reply(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", refused.text, field=refused.field)
        self.attempts[target] += 1
        fault = self._fault_for(target)
        if fault is None or fault.kind == "drop_after":
            if kind != "validate_only":
                self.counts[target] += 1
                self.total += 1
                if self.keep_messages:
                    self.accepted.append(Accepted(kind, target, message, time.monotonic()))
            if fault is not None:
                return Misbehaviour.DROP
            name = f"projects/{self.project_id}/messages/0:{self.attempts[target]}%{len(self.counts):x}"
            return Reply(200, f'{{\n  "name": "{name}"\n}}\n'.encode(), delay=self.delay)
        return self._break(fault)

    def _break(self, fault: Fault) -> Answer:
        if fault.kind in ("drop", "hang", "half"):
            return Misbehaviour(fault.kind)
        if fault.kind == "garbage":
            return Reply(200, b"<html>captive portal</html>", content_type="text/html")
        if fault.kind == "redirect":
            return Reply(307, b"", {"Location": f"{self.origin}{self._send_path}"})
        reply = error_reply(*FAULTS[fault.kind], retry_after=fault.retry_after)
        reply.delay = self.delay
        return reply

    def _fault_for(self, target: str) -> Fault | None:
        if target in self.unregistered:
            return Fault("unregistered")
        planned = self.scripts.get(target)
        if planned:
            return planned.popleft()
        if self.chances:
            draw = self._random.random()
            for chance, fault in self.chances:
                if draw < chance:
                    return fault
                draw -= chance
        return None

    def _authorised(self, request: Request) -> bool:
        head = request.head
        at = head.lower().find(b"\r\nauthorization: bearer ")
        if at < 0:
            return False
        end = head.find(b"\r\n", at + 2)
        bearer = head[at + 24 : end if end >= 0 else len(head)].decode("latin-1")
        return self._bearers.get(bearer, 0.0) > time.time()

    def _token(self, request: Request) -> Answer:
        """RFC 7523: a JWT signed with the service account's key buys a bearer token."""
        if self.token_faults:
            return self._break(self.token_faults.popleft())
        form = parse_qs(request.body.decode())
        try:
            if form["grant_type"] != ["urn:ietf:params:oauth:grant-type:jwt-bearer"]:
                raise ValueError("grant_type")
            claims = jwt.decode(
                form["assertion"][0],
                self._key.public_key(),
                algorithms=["RS256"],
                audience=["https://oauth2.googleapis.com/token", f"{self.origin}/token"],
                issuer=self._email,
                options={"require": ["exp", "iat", "iss", "aud"]},
            )
            if "https://www.googleapis.com/auth/firebase.messaging" not in claims.get(
                "scope", ""
            ) and "https://www.googleapis.com/auth/cloud-platform" not in claims.get("scope", ""):
                raise ValueError("scope")
        except (KeyError, ValueError, jwt.PyJWTError) as error:
            return Reply(400, json.dumps({"error": "invalid_grant", "error_description": str(error)}).encode())
        bearer = "ya29.double-" + secrets.token_urlsafe(24)
        self._bearers[bearer] = time.time() + self.token_lifetime
        self.tokens_issued += 1
        return Reply(
            200,
            json.dumps({"access_token": bearer, "expires_in": self.token_lifetime, "token_type": "Bearer"}).encode(),
        )

    def _topic(self, request: Request) -> Answer:
        if not self._authorised(request):
            return error_reply(*FAULTS["unauthenticated"])
        token, _, rest = request.path.removeprefix(self._registrations).partition("/topicSubscriptions")
        if request.method == "POST":
            topic = parse_qs(request.query).get("topic_name", [""])[0]
            self.topics[topic].add(unquote(token))
        else:
            self.topics[unquote(rest.strip("/"))].discard(unquote(token))
        return Reply(200, b"{}")

    def _control(self, request: Request) -> Answer:
        if request.path == "/_double/state":
            state = {
                "accepted": self.total,
                "targets": len(self.counts),
                "counts": dict(self.counts),
                "attempts": sum(self.attempts.values()),
                "tokens_issued": self.tokens_issued,
                "opened": self.opened,
                "pipelined": self.pipelined,
            }
            if "counts" not in request.query:
                del state["counts"]
            return Reply(200, json.dumps(state).encode())
        if request.path == "/_double/script":
            for target, faults in json.loads(request.body).items():
                self.script(target, *(Fault(**fault) for fault in faults))
            return Reply(204)
        if request.path == "/_double/reset":
            self.reset()
            return Reply(204)
        return Reply(404)


def main() -> None:
    parser = argparse.ArgumentParser(description="FCM on the loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--project", default="binh-yen-test")
    parser.add_argument("--credentials", type=Path, help="where to write the service-account file")
    parser.add_argument("--forget-messages", action="store_true", help="count, but do not keep the bodies")
    options = parser.parse_args()
    double = FcmDouble(
        project_id=options.project, delay=options.delay, port=options.port, keep_messages=not options.forget_messages
    )

    def ready() -> None:
        if options.credentials:
            options.credentials.write_text(json.dumps(double.credentials()))
        print(json.dumps({"port": double.port, "origin": double.origin}), flush=True)

    asyncio.run(double.serve(ready))


if __name__ == "__main__":
    main()
