"""Wards and residential groups on the wire."""

from marshmallow import fields, validate

from backend.wards.enums import AreaKind, WardKind
from mobile_api.schemas.shapes import PageQuery, Schema, page_of


class WardsQuery(PageQuery):
    q = fields.String(
        load_default=None,
        validate=validate.Length(max=100),
        metadata={"description": "words of the name or of the province, with or without diacritics"},
    )


class Ward(Schema):
    """A ward (phường, xã, đặc khu), known by its official code: names repeat."""

    code = fields.String(required=True, metadata={"example": "99001"})
    name = fields.String(required=True, metadata={"example": "Ban Mai"})
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in WardKind]))
    full_name = fields.String(required=True, metadata={"example": "Phường Ban Mai"})
    province_code = fields.String(required=True)
    province_name = fields.String(required=True)
    active = fields.Boolean(required=True, metadata={"description": "its police works with the product"})
    is_sample = fields.Boolean(required=True, metadata={"description": "invented, for demonstrations"})
    acknowledge_hours = fields.Integer(required=True, metadata={"description": "until its police confirm a tip"})
    verify_days = fields.Integer(required=True, metadata={"description": "from a tip's receipt until it is verified"})


class WardDetail(Ward):
    boundary = fields.Dict(
        required=True, allow_none=True, metadata={"description": "GeoJSON Polygon or MultiPolygon, WGS 84"}
    )


WardPage = page_of(Ward, name="WardPage")


class Area(Schema):
    """A residential group of a ward."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True, metadata={"example": "Tổ dân phố 7"})
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in AreaKind]))
    lat = fields.Float(required=True, allow_none=True)
    lon = fields.Float(required=True, allow_none=True)


class AreaList(Schema):
    items = fields.List(fields.Nested(Area), required=True)
