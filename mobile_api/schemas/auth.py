"""Signing in on the wire."""

from marshmallow import fields, validate

from mobile_api.schemas.me import Me
from mobile_api.schemas.shapes import Schema, Timestamp


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
