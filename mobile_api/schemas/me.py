"""A resident's own account on the wire."""

from typing import Any

from marshmallow import fields, post_load, validate

from mobile_api.schemas.devices import DeviceOut
from mobile_api.schemas.shapes import Schema, Timestamp
from mobile_api.schemas.wards import Area, Ward

LANGUAGES = ["vi", "en"]


class Me(Schema):
    id = fields.UUID(required=True)
    phone = fields.String(required=True, metadata={"description": "E.164", "example": "+84912345678"})
    name = fields.String(required=True, allow_none=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    ward = fields.Nested(Ward, required=True, allow_none=True)
    area = fields.Nested(Area, required=True, allow_none=True)
    created_at = Timestamp(required=True)


class MeIn(Schema):
    """What is absent stays as it is; null takes it away. Another ward takes the area away."""

    name = fields.String(allow_none=True, validate=validate.Length(1, 120))
    language = fields.String(validate=validate.OneOf(LANGUAGES))
    ward_code = fields.String(allow_none=True, validate=validate.Length(5, 5), metadata={"example": "99001"})
    area_id = fields.UUID(allow_none=True)

    @post_load
    def changes(self, raw: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The use case's own words."""
        if "ward_code" in raw:
            raw["ward_id"] = raw.pop("ward_code")
        return {"changes": raw}


class HeldSession(Schema):
    id = fields.UUID(required=True)
    device_name = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    last_used_at = Timestamp(required=True)
    expires_at = Timestamp(required=True)


class HeldDevice(DeviceOut):
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
