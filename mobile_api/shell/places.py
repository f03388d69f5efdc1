"""Wards and residential groups on the wire, as the answers of many features name them."""

from marshmallow import fields, validate

from backend.wards.enums import AreaKind, WardKind
from mobile_api.shell.shapes import Schema


class Ward(Schema):
    """A ward (phường, xã, đặc khu), known by its official code: names repeat."""

    code = fields.String(required=True, metadata={"example": "99001"})
    name = fields.String(required=True, metadata={"example": "Ban Mai"})
    kind = fields.String(required=True, validate=validate.OneOf(list(WardKind)))
    full_name = fields.String(required=True, metadata={"example": "Phường Ban Mai"})
    province_code = fields.String(required=True)
    province_name = fields.String(required=True)
    active = fields.Boolean(required=True, metadata={"description": "its police works with the product"})
    is_sample = fields.Boolean(required=True, metadata={"description": "invented, for demonstrations"})
    acknowledge_hours = fields.Integer(required=True, metadata={"description": "until its police confirm a tip"})
    verify_days = fields.Integer(required=True, metadata={"description": "from a tip's receipt until it is verified"})


class Area(Schema):
    """A residential group of a ward."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True, metadata={"example": "Tổ dân phố 7"})
    kind = fields.String(required=True, validate=validate.OneOf(list(AreaKind)))
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)
