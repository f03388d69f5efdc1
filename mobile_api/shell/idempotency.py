"""A POST that a phone may repeat: the same Idempotency-Key and the same content get the same reply once more."""

import json
from collections.abc import Callable
from typing import Any

from flask import Response, g, request

from backend import idempotency

KEY_HEADER = {
    "in": "header", "name": "Idempotency-Key", "required": True, "schema": {"type": "string", "format": "uuid"},
    "description": "A random UUID for each thing to be done; a repeated request with it gets the first answer.",
}  # fmt: skip


def once(scope: str, content: bytes, act: Callable[[], dict[str, Any]]) -> Response:
    """Reply 201 with what `act` returns (JSON values, dumped by the schema already), carried out once for each key.

    `scope` tells uses of keys apart, `content` is what the phone has sent.
    """
    return _created(idempotency.once(g.session, scope=scope, key=_key(), fingerprint=content, act=act))


def earlier(scope: str, content: bytes) -> Response | None:
    """The reply that an earlier request with this key and content got; None when there was none."""
    reply = idempotency.earlier(g.session, scope=scope, key=_key(), fingerprint=content)
    return None if reply is None else _created(reply)


def _key() -> str | None:
    return request.headers.get("Idempotency-Key")


def _created(reply: dict[str, Any]) -> Response:
    return Response(json.dumps(reply), 201, mimetype="application/json")
