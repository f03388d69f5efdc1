"""Devices on the wire."""

from typing import Any

from marshmallow import fields, post_load, validate

from backend.push.address import MAX_ENDPOINT, MAX_TOKEN, DeviceKind, PushAddress
from mobile_api.shell.push_address import PushAddressIn
from mobile_api.shell.shapes import Schema, WardCode


class DeviceIn(PushAddressIn):
    ward_code = WardCode(required=True)
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

    kind = fields.String(required=True, validate=validate.OneOf(list(DeviceKind)))
    token = fields.String(validate=validate.Length(1, MAX_TOKEN))
    endpoint = fields.String(validate=validate.Length(1, MAX_ENDPOINT))

    @post_load
    def device(self, raw: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of unregister_device."""
        return {"kind": DeviceKind(raw["kind"]), "address": raw.get("endpoint") or raw.get("token") or ""}


class DeviceOut(Schema):
    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(DeviceKind)))
    ward_code = fields.String(required=True, attribute="ward_id")
    area_id = fields.UUID(required=True, allow_none=True)
