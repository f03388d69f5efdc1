"""Tips on the wire: what a reporter sends and what they read."""

from typing import Any

from marshmallow import fields, post_load, validate

from backend.tips.commands import SentTip, TipDraft
from backend.tips.life import Category, Occurred, Status
from backend.tips.rules import LONGEST_MESSAGE, LONGEST_TEXT
from backend.tips.sealed import Location
from backend.tips.views import OpenedTip, TrailStep
from mobile_api.shell.push_address import PushAddressIn
from mobile_api.shell.shapes import Choice, Language, Schema, Timestamp, WardCode

RECEIPT_EXAMPLE = "7QK4-M2XR-9TVB-3HNE-C5"


class LocationSchema(Schema):
    lat = fields.Float(required=True, validate=validate.Range(-90, 90), metadata={"example": 21.02})
    lon = fields.Float(required=True, validate=validate.Range(-180, 180), metadata={"example": 105.85})


class IdentityIn(Schema):
    name = fields.String(required=True, validate=validate.Length(1, 120))
    phone = fields.String(required=True, validate=validate.Length(1, 30))


class TipIn(Schema):
    """The `tip` part of the form. `identity` null: anonymous."""

    ward_code = WardCode(required=True)
    category = Choice(Category, required=True)
    text = fields.String(required=True, validate=validate.Length(1, LONGEST_TEXT))
    occurred = Choice(Occurred, allow_none=True, load_default=None)
    area_id = fields.UUID(allow_none=True, load_default=None)
    location = fields.Nested(LocationSchema, allow_none=True, load_default=None)
    identity = fields.Nested(IdentityIn, allow_none=True, load_default=None)
    push = fields.Nested(PushAddressIn, allow_none=True, load_default=None)
    language = Language(load_default="vi")

    @post_load
    def draft(self, raw: dict[str, Any], **_: Any) -> TipDraft:
        """The use case's own shape."""
        identity = raw.pop("identity") or {}
        location = raw.pop("location")
        return TipDraft(
            ward_id=raw.pop("ward_code"),
            location=Location(**location) if location else None,
            name=identity.get("name"),
            phone=identity.get("phone"),
            **raw,
        )


class PhotoOutcomeOut(Schema):
    name = fields.String(required=True)
    accepted = fields.Boolean(required=True)
    code = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)


class SentTipOut(Schema):
    """The answer to a tip. `receipt` is shown this once."""

    receipt = fields.String(required=True, metadata={"example": RECEIPT_EXAMPLE})
    number = fields.Integer(required=True)
    ward_code = fields.String(required=True)
    status = Choice(Status, required=True)
    received_at = Timestamp(required=True)
    acknowledge_by = Timestamp(required=True)
    photos = fields.List(fields.Nested(PhotoOutcomeOut), required=True)


class ReceiptIn(Schema):
    """A receipt travels in the body, never in a URL."""

    receipt = fields.String(required=True, validate=validate.Length(1, 60), metadata={"example": RECEIPT_EXAMPLE})


class MessageIn(ReceiptIn):
    text = fields.String(required=True, validate=validate.Length(1, LONGEST_MESSAGE))


class PhotoIn(ReceiptIn):
    photo_id = fields.UUID(required=True)
    size = fields.String(load_default="large", validate=validate.OneOf(["large", "small"]))


class PushIn(ReceiptIn):
    push = fields.Nested(PushAddressIn, required=True, allow_none=True)


class TipPhotoOut(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class TipWardOut(Schema):
    code = fields.String(required=True)
    full_name = fields.String(required=True)


class TipAreaOut(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class TrailStepOut(Schema):
    """One step of the trail; `from` is reporter or staff, `office` who of the ward speaks."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["status", "message"]))
    author = fields.String(required=True, data_key="from", validate=validate.OneOf(["reporter", "staff"]))
    at = Timestamp(required=True)
    status = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    office = fields.String(required=True, allow_none=True)


class DeadlineOut(Schema):
    kind = fields.String(required=True, validate=validate.OneOf(["acknowledge", "verify"]))
    by = Timestamp(required=True)
    overdue = fields.Boolean(required=True)


class OpenedTipOut(Schema):
    """A tip as its reporter sees it."""

    number = fields.Integer(required=True)
    ward = fields.Nested(TipWardOut, required=True)
    category = Choice(Category, required=True)
    status = Choice(Status, required=True)
    text = fields.String(required=True)
    occurred = Choice(Occurred, required=True, allow_none=True)
    area = fields.Nested(TipAreaOut, required=True, allow_none=True)
    location = fields.Nested(LocationSchema, required=True, allow_none=True)
    identified = fields.Boolean(required=True)
    received_at = Timestamp(required=True)
    photos = fields.List(fields.Nested(TipPhotoOut), required=True)
    trail = fields.List(fields.Nested(TrailStepOut), required=True)
    deadline = fields.Nested(DeadlineOut, required=True, allow_none=True)
    can_write = fields.Boolean(required=True)
    push = fields.Boolean(required=True)


def sent_tip(sent: SentTip, describe: Any) -> dict[str, Any]:
    """The reply to a sent tip; `describe(error)` gives the refusal's text in the reader's language."""
    return {
        "receipt": sent.receipt.text,
        "number": sent.tip.number,
        "ward_code": sent.tip.ward_id,
        "status": sent.tip.status,
        "received_at": sent.received_at,
        "acknowledge_by": sent.tip.due_at,
        "photos": [
            {
                "name": photo.name,
                "accepted": photo.refusal is None,
                "code": photo.refusal.code if photo.refusal else None,
                "detail": describe(photo.refusal) if photo.refusal else None,
            }
            for photo in sent.photos
        ],
    }


def trail_step(step: TrailStep, office: str) -> dict[str, Any]:
    """One step; the reason of a change and the words of a message are told apart."""
    is_status = step.kind == "status"
    return {
        "id": step.id,
        "kind": step.kind,
        "author": step.author,
        "at": step.at,
        "status": step.status,
        "reason": step.text if is_status else None,
        "text": None if is_status else step.text,
        "office": office if step.author == "staff" else None,
    }


def opened_tip(found: OpenedTip) -> dict[str, Any]:
    """Everything the reporter sees."""
    tip, content = found.tip, found.content
    return {
        "number": tip.number,
        "ward": {"code": tip.ward_id, "full_name": found.ward_name},
        "category": tip.category,
        "status": tip.status,
        "text": content.text,
        "occurred": content.occurred,
        "area": {"id": tip.area_id, "name": found.area_name} if tip.area_id else None,
        "location": content.location,
        "identified": content.identity is not None,
        "received_at": content.received_at,
        "photos": content.photos,
        "trail": [trail_step(step, found.ward_name) for step in found.trail],
        "deadline": found.deadline,
        "can_write": found.can_write,
        "push": found.wants_push,
    }
