"""A resident's account, signing in and the export of all that is held, on the wire."""

from typing import Any

from marshmallow import fields, post_load, validate

from backend.push.address import DeviceKind
from mobile_api.shell.places import Area, Ward
from mobile_api.shell.shapes import Language, Schema, Timestamp, WardCode


class Me(Schema):
    id = fields.UUID(required=True)
    phone = fields.String(required=True, metadata={"description": "E.164", "example": "+84912345678"})
    name = fields.String(required=True, allow_none=True)
    language = Language(required=True)
    ward = fields.Nested(Ward, required=True, allow_none=True)
    area = fields.Nested(Area, required=True, allow_none=True)
    created_at = Timestamp(required=True)


class MeIn(Schema):
    """What is absent stays as it is; null takes it away. Another ward takes the area away."""

    name = fields.String(allow_none=True, validate=validate.Length(1, 120))
    language = Language()
    ward_code = WardCode(allow_none=True)
    area_id = fields.UUID(allow_none=True)

    @post_load
    def changes(self, raw: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of update_me."""
        if "ward_code" in raw:
            raw["ward_id"] = raw.pop("ward_code")
        return {"changes": raw}


ME_EXAMPLE = {"ward_code": "99001", "area_id": None}


class _Phone(Schema):
    phone = fields.String(
        required=True,
        validate=validate.Length(1, 30),
        metadata={"description": "as people write it, or E.164", "example": "0912 345 678"},
    )


class OtpRequest(_Phone):
    pass


class OtpSent(Schema):
    """The same whether or not the phone has an account. Seconds."""

    expires_in = fields.Integer(required=True, metadata={"example": 300})
    resend_in = fields.Integer(required=True, metadata={"example": 60})
    length = fields.Integer(required=True, metadata={"description": "digits of the code", "example": 6})


class SignIn(_Phone):
    code = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{6}\Z"), metadata={"example": "123456"})
    device_name = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 80),
        metadata={"description": "to tell one's phones apart in the list of sessions"},
    )


class SignedIn(Schema):
    token = fields.String(required=True, metadata={"description": "opaque; shown this once"})
    expires_at = Timestamp(required=True, metadata={"description": "moves on with every day of use"})
    resident = fields.Nested(Me, required=True)


class Session(Schema):
    """One signed-in phone."""

    id = fields.UUID(required=True)
    device_name = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    last_used_at = Timestamp(required=True)
    is_current = fields.Boolean(required=True)


class SessionList(Schema):
    items = fields.List(fields.Nested(Session), required=True)


class HeldSession(Schema):
    id = fields.UUID(required=True)
    device_name = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    last_used_at = Timestamp(required=True)
    expires_at = Timestamp(required=True)


class HeldDevice(Schema):
    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(DeviceKind)))
    ward_code = fields.String(required=True, attribute="ward_id")
    area_id = fields.UUID(required=True, allow_none=True)
    address = fields.String(required=True, metadata={"description": "where pushes go: a token or an endpoint"})
    p256dh = fields.String(required=True, allow_none=True)
    auth = fields.String(required=True, allow_none=True)
    language = fields.String(required=True)
    platform = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    seen_at = Timestamp(required=True)
    gone_at = Timestamp(required=True, allow_none=True)


class HeldData(Schema):
    """Everything that is held about a resident."""

    exported_at = Timestamp(required=True)
    account = fields.Nested(Me, required=True)
    sessions = fields.List(fields.Nested(HeldSession), required=True)
    devices = fields.List(fields.Nested(HeldDevice), required=True)
    last_code_sent_at = Timestamp(required=True, allow_none=True)
