"""Push addresses on the wire: a device gives one to be woken by alerts, a reporter to be woken by their tip."""

from typing import Any

from marshmallow import fields, post_load, validate

from backend.push.address import MAX_ENDPOINT, MAX_TOKEN, DeviceKind, PushAddress
from mobile_api.shell.shapes import Language, Schema


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

    kind = fields.String(required=True, validate=validate.OneOf(list(DeviceKind)))
    token = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, MAX_TOKEN))
    subscription = fields.Nested(Subscription, allow_none=True, load_default=None)
    language = Language(load_default="vi")

    @post_load
    def address(self, raw: dict[str, Any], **_: Any) -> Any:
        """The domain's own shape; an address that may not be used is refused here."""
        return PushAddress.checked(**raw)
