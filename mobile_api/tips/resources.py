"""Tips: send one, open it by its receipt, write to its dialogue. No account is needed for any of it."""

import json
from hashlib import sha256
from typing import Any

from flask import Response, g

from backend.tips import commands, queries
from backend.tips.photos import CheckedPhoto, clean_photos
from mobile_api.shell.blueprint import Blueprint
from mobile_api.shell.idempotency import earlier, once
from mobile_api.tips.form import MAX_FORM_BYTES, TIP_FORM, read_tip_form
from mobile_api.tips.schemas import (
    MessageIn,
    OpenedTipOut,
    PhotoIn,
    PushIn,
    ReceiptIn,
    SentTipOut,
    TipIn,
    TrailStepOut,
    opened_tip,
    sent_tip,
    trail_step,
)
from web.languages import render_error
from web.limits import TooManyRequests, count
from web.request import body_limit

blueprint = Blueprint("tips", __name__, description="Tips: sealed to the ward and to the receipt")

# made once: making a schema takes longer than using it
TIP_IN, SENT_TIP_OUT, TRAIL_STEP_OUT = TipIn(), SentTipOut(), TrailStepOut()


@blueprint.post("/tips")
@body_limit(MAX_FORM_BYTES)
@blueprint.limited("forms")
@blueprint.doc(requestBody=TIP_FORM)
@blueprint.repeatable
@blueprint.response(201, SentTipOut)
def send_tip() -> Response:
    """Send a tip, with your name or without."""
    raw, files = read_tip_form()
    draft = TIP_IN.load(raw)
    content = json.dumps(raw, sort_keys=True).encode() + b"".join(sha256(file.data).digest() for file in files)
    try:
        count("tips")  # what cannot be read costs the network no tip
    except TooManyRequests:
        reply = earlier("tips", content)
        if reply is None:
            raise
        return reply
    photos = clean_photos(files)
    return once("tips", content, lambda: _send(draft, photos))


def _send(draft: commands.TipDraft, photos: list[CheckedPhoto]) -> dict[str, Any]:
    sent = commands.send_tip(g.session, g.actor, draft=draft, photos=photos)
    reply: dict[str, Any] = SENT_TIP_OUT.dump(sent_tip(sent, render_error))
    return reply


@blueprint.post("/tips/open")
@blueprint.limited("receipts")
@blueprint.arguments(ReceiptIn)
@blueprint.response(200, OpenedTipOut)
def open_tip(body: dict[str, Any]) -> Any:
    """Open a tip and its dialogue with the receipt."""
    return opened_tip(queries.open_by_receipt(g.session, g.actor, **body))


@blueprint.post("/tips/messages")
@blueprint.limited("receipts")
@blueprint.arguments(MessageIn)
@blueprint.repeatable
@blueprint.response(201, TrailStepOut)
def write_message(body: dict[str, Any]) -> Response:
    """Write to the dialogue of a tip."""
    return once("tip-messages", json.dumps(body, sort_keys=True).encode(), lambda: _write(body))


def _write(body: dict[str, Any]) -> dict[str, Any]:
    step = commands.write_message(g.session, g.actor, **body)
    reply: dict[str, Any] = TRAIL_STEP_OUT.dump(trail_step(step, ""))
    return reply


@blueprint.post("/tips/photos")
@blueprint.limited("receipts")
@blueprint.arguments(PhotoIn)
@blueprint.response(200, content_type="image/jpeg", schema={"type": "string", "format": "binary"})
def read_photo(body: dict[str, Any]) -> Response:
    """One photo of the tip, as it was kept: upright, without metadata."""
    return Response(queries.photo_by_receipt(g.session, g.actor, **body), mimetype="image/jpeg")


@blueprint.put("/tips/push")
@blueprint.limited("receipts")
@blueprint.arguments(PushIn)
@blueprint.response(204)
def set_push(body: dict[str, Any]) -> None:
    """Be woken on this phone when the tip moves (null: on none)."""
    commands.set_push(g.session, g.actor, **body)
