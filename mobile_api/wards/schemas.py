"""Finding a ward, its outline and its residential groups on the wire."""

from marshmallow import fields, validate

from mobile_api.shell.places import Area, Ward
from mobile_api.shell.shapes import PageQuery, Schema, page_of


class WardsQuery(PageQuery):
    q = fields.String(
        load_default=None,
        validate=validate.Length(max=100),
        metadata={"description": "words of the name or of the province, with or without diacritics"},
    )


class WardDetail(Ward):
    boundary = fields.Dict(
        required=True, allow_none=True, metadata={"description": "GeoJSON Polygon or MultiPolygon, WGS 84"}
    )


WardPage = page_of(Ward, name="WardPage")


class AreaList(Schema):
    items = fields.List(fields.Nested(Area), required=True)
