"""Push addresses and devices on the wire."""

from typing import Any

from marshmallow import fields, post_load, validate

from backend.push.address import MAX_ENDPOINT, MAX_TOKEN, DeviceKind, PushAddress
from mobile_api.schemas.shapes import Schema

KINDS = [kind.value for kind in DeviceKind]


class SubscriptionKeys(Schema):
    p256dh = fields.String(
        required=True, validate=validate.Length(1, 120), metadata={"description": "base64url, 65 bytes"}
    )
    auth = fields.String(
        required=True, validate=validate.Length(1, 40), metadata={"description": "base64url, 16 bytes"}
    )


class Subscription(Schema):
    """What `PushSubscription.toJSON()` gives."""

    endpoint = fields.String(required=True, validate=validate.Length(1, MAX_ENDPOINT))
    expirationTime = fields.Float(allow_none=True, load_default=None)  # noqa: N815 - the browser's own name
    keys = fields.Nested(SubscriptionKeys, required=True)


class PushAddressIn(Schema):
    """`token` for fcm_token, fcm_fid and console; `subscription` for webpush."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    token = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, MAX_TOKEN))
    subscription = fields.Nested(Subscription, allow_none=True, load_default=None)
    language = fields.String(load_default="vi", validate=validate.OneOf(["vi", "en"]))

    @post_load
    def address(self, raw: dict[str, Any], **_: Any) -> Any:
        """The domain's own shape; an address that may not be used is refused here."""
        return PushAddress.checked(**raw)


class DeviceIn(PushAddressIn):
    ward_code = fields.String(required=True, validate=validate.Length(5, 5), metadata={"example": "99001"})
    area_id = fields.UUID(allow_none=True, load_default=None)
    platform = fields.String(allow_none=True, load_default=None, validate=validate.Length(0, 40))

    @post_load
    def address(self, raw: dict[str, Any], **_: Any) -> Any:
        """The arguments of register_device."""
        place = {
            "ward_id": raw.pop("ward_code"),
            "area_id": raw.pop("area_id"),
            "platform": raw.pop("platform") or None,
        }
        return {"address": PushAddress.checked(**raw), **place}


class DeviceGone(Schema):
    """Which device: `token`, or the `endpoint` of its subscription."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    token = fields.String(validate=validate.Length(1, MAX_TOKEN))
    endpoint = fields.String(validate=validate.Length(1, MAX_ENDPOINT))

    @post_load
    def device(self, raw: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of unregister_device."""
        return {"kind": DeviceKind(raw["kind"]), "address": raw.get("endpoint") or raw.get("token") or ""}


class DeviceOut(Schema):
    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    ward_code = fields.String(required=True, attribute="ward_id")
    area_id = fields.UUID(required=True, allow_none=True)
