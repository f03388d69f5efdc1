"""What the app asks first."""

from marshmallow import fields

from mobile_api.shell.shapes import Schema


class Config(Schema):
    demo = fields.Boolean(required=True)
    vapid_public_key = fields.String(
        required=True, allow_none=True, metadata={"description": "applicationServerKey of Web Push, base64url"}
    )
    map_tiles_url = fields.String(required=True, allow_none=True)
    poll_seconds = fields.Integer(required=True, metadata={"description": "how often an open app asks for alerts"})
    vneid_url = fields.String(required=True)
    max_photos = fields.Integer(required=True)
    max_photo_bytes = fields.Integer(required=True)
