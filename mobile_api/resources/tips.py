"""Tips: send one, open it by its receipt, write to its dialogue. No account is needed for any of it."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from flask import Response, g, request
from flask.views import MethodView
from marshmallow import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from backend import idempotency
from backend.tips import commands, queries
from backend.tips.photos import CheckedPhoto, PhotoFile, clean_photos
from mobile_api.blueprint import LARGEST_JSON, Blueprint
from mobile_api.schemas import tips as shapes
from mobile_api.strict_json import NotForm, read_json
from web.languages import say
from web.limits import TooManyRequests, count, limit_network
from web.request import body_limit

blueprint = Blueprint("tips", __name__, description="Tips: sealed to the ward and to the receipt")
TIP_IN, SENT_TIP_OUT, TRAIL_STEP_OUT = shapes.TipIn(), shapes.SentTipOut(), shapes.TrailStepOut()
LARGEST_FORM = 60 * 1024 * 1024  # five photos of 10 MB, their words and the form around them
KEY_HEADER = {
    "in": "header", "name": "Idempotency-Key", "required": True, "schema": {"type": "string", "format": "uuid"},
    "description": "A random UUID for each thing to be done; a repeated request with it gets the first answer.",
}  # fmt: skip


def _read_form() -> tuple[Any, list[PhotoFile]]:
    """The JSON part `tip` (a field or a file part) and the files `photos`, all in memory. Raises NotForm."""
    if request.mimetype != "multipart/form-data":
        raise NotForm()
    if "photos" in request.form:
        raise ValidationError({"photos": ["Not a file: the part has no file name."]})
    unknown = (set(request.files) | set(request.form)) - {"tip", "photos"}
    if unknown:
        raise ValidationError({name: ["Unknown field."] for name in sorted(name or "" for name in unknown)})
    if len(request.files.getlist("tip")) + len(request.form.getlist("tip")) > 1:
        raise ValidationError({"tip": ["Only one such part."]})
    part = request.files.get("tip")
    raw = part.read(LARGEST_JSON + 1) if part else request.form.get("tip", "").encode()
    if len(raw) > LARGEST_JSON:  # as a file it may be as large as photos are, and parsed it would be thirty times that
        raise RequestEntityTooLarge()
    files = [PhotoFile(file.filename or "photo", file.read()) for file in request.files.getlist("photos")]
    return read_json(raw), files


def _once(scope: str, content: bytes, act: Callable[[], dict[str, Any]]) -> Response:
    """The reply of `act`, dumped already: a repeated request gets the very same one."""
    return _created(idempotency.once(g.session, scope=scope, key=_key(), fingerprint=content, act=act))


def _key() -> str | None:
    return request.headers.get("Idempotency-Key")


def _created(reply: dict[str, Any]) -> Response:
    return Response(json.dumps(reply), 201, mimetype="application/json", headers={"Cache-Control": "no-store"})


@blueprint.route("/tips")
class Tips(MethodView):
    @body_limit(LARGEST_FORM)
    @limit_network("forms")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    @blueprint.doc(
        parameters=[KEY_HEADER],
        requestBody={
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["tip"],
                        "properties": {
                            "tip": shapes.TipIn,
                            "photos": {"type": "array", "maxItems": 5, "items": {"type": "string", "format": "binary"}},
                        },
                    },
                    "encoding": {"tip": {"contentType": "application/json"}},
                }
            },
        },
    )
    @blueprint.response(201, shapes.SentTipOut)
    def post(self) -> Response:
        """Send a tip, with your name or without."""
        raw, files = _read_form()
        draft = TIP_IN.load(raw)
        content = json.dumps(raw, sort_keys=True).encode() + b"".join(sha256(file.data).digest() for file in files)
        try:
            count("tips")  # what cannot be read costs the network no tip
        except TooManyRequests:
            earlier = idempotency.earlier(g.session, scope="tips", key=_key(), fingerprint=content)
            if earlier is None:
                raise
            return _created(earlier)
        photos = clean_photos(files)
        return _once("tips", content, lambda: _send(draft, photos))


def _send(draft: commands.TipDraft, photos: list[CheckedPhoto]) -> dict[str, Any]:
    sent = commands.send_tip(g.session, g.actor, draft=draft, photos=photos)
    reply: dict[str, Any] = SENT_TIP_OUT.dump(shapes.sent_tip(sent, say))
    return reply


@blueprint.route("/tips/open")
class OpenTip(MethodView):
    @limit_network("receipts")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    @blueprint.arguments(shapes.ReceiptIn)
    @blueprint.response(200, shapes.OpenedTipOut)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Open a tip and its dialogue with the receipt."""
        return shapes.opened_tip(queries.open_by_receipt(g.session, g.actor, **body))


@blueprint.route("/tips/messages")
class Messages(MethodView):
    @limit_network("receipts")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    @blueprint.doc(parameters=[KEY_HEADER])
    @blueprint.arguments(shapes.MessageIn)
    @blueprint.response(201, shapes.TrailStepOut)
    def post(self, body: dict[str, Any]) -> Response:
        """Write to the dialogue of a tip."""
        return _once("tip-messages", json.dumps(body, sort_keys=True).encode(), lambda: _write(body))


def _write(body: dict[str, Any]) -> dict[str, Any]:
    step = commands.write_message(g.session, g.actor, **body)
    reply: dict[str, Any] = TRAIL_STEP_OUT.dump(shapes.trail_step(step, ""))
    return reply


@blueprint.route("/tips/photos")
class Photos(MethodView):
    @limit_network("receipts")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    @blueprint.arguments(shapes.PhotoIn)
    @blueprint.response(200, content_type="image/jpeg", schema={"type": "string", "format": "binary"})
    def post(self, body: dict[str, Any]) -> Response:
        """One photo of the tip, as it was kept: upright, without metadata."""
        picture = queries.photo_by_receipt(g.session, g.actor, **body)
        return Response(picture, mimetype="image/jpeg", headers={"Cache-Control": "no-store"})


@blueprint.route("/tips/push")
class Push(MethodView):
    @limit_network("receipts")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    @blueprint.arguments(shapes.PushIn)
    @blueprint.response(204)
    def put(self, body: dict[str, Any]) -> None:
        """Be woken on this phone when the tip moves (null: on none)."""
        commands.set_push(g.session, g.actor, **body)
