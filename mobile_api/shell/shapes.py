"""Shapes that the schemas of many features share.

A schema of what a phone sends ends in `In` or `Query`. A schema of an answer reads the attributes of what the command
or query returns; where the wire has another shape, a function beside the schema makes it. A class's name, without a
trailing `Schema`, is the name of the shape in the API's description: it is part of the contract with the app.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from web.languages import LANGUAGES


class Schema(ma.Schema):
    """Base of every schema: an unknown field is refused, never ignored."""

    class Meta:
        unknown = ma.RAISE


class Timestamp(fields.DateTime):
    """RFC 3339 in UTC: 2026-08-10T09:05:00Z."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Choice(fields.Enum):
    """A member of a closed set (a StrEnum), known by its value; a column may give that value as plain text."""

    def __init__(self, members: type[StrEnum], **options: Any) -> None:
        super().__init__(members, by_value=True, **options)

    def _serialize(self, value: str | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)


class Language(fields.String):
    """ "vi" or "en"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.OneOf(LANGUAGES), **options)


class WardCode(fields.String):
    """The official code of a ward, five digits. The domain decides whether there is such a ward."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(5, 5), metadata={"example": "99001"}, **options)


class AsStored(fields.Nested):
    """A part that the database keeps in its wire shape: described like Nested, given out as it is."""

    def _serialize(self, nested_obj: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return nested_obj


class LocalizedText(Schema):
    """A text in Vietnamese and, where it exists, in English."""

    vi = fields.String(required=True)
    en = fields.String(required=True, allow_none=True)


class PageQuery(Schema):
    """A page of a list: follow `next_cursor` until it is null."""

    cursor = fields.String(
        load_default=None,
        validate=validate.Length(max=200),
        metadata={"description": "`next_cursor` of the page before"},
    )
    limit = fields.Integer(
        load_default=20,
        strict=False,
        validate=validate.Range(min=1, max=50),
        metadata={"description": "how many items a page holds"},
    )


def page_of(item: type[Schema], *, name: str) -> type[ma.Schema]:
    """The schema of one page of `item`, called `name` in the API's description."""
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next_cursor": fields.String(required=True, allow_none=True),
        },
        name=name,
    )


class ProblemItem(Schema):
    """One faulty input."""

    field = fields.String(required=True, metadata={"example": "phone"})
    code = fields.String(required=True, metadata={"example": "field_required"})
    detail = fields.String(required=True, metadata={"example": "Cần điền mục này."})


class Problem(Schema):
    """RFC 9457. `code` is stable; `detail` is in the reader's language and says what to do."""

    type = fields.String(required=True, metadata={"example": "about:blank"})
    title = fields.String(required=True, metadata={"example": "Không tìm thấy"})
    status = fields.Integer(required=True, metadata={"example": 404})
    code = fields.String(required=True, metadata={"example": "not_found"})
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(ProblemItem))
    params = fields.Dict(keys=fields.String(), metadata={"description": "figures that belong to the code"})
    retry_after = fields.Integer(metadata={"description": "seconds to wait"})
    reference = fields.String(required=True, metadata={"description": "to quote when asking for help"})
