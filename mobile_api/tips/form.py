"""The form in which a tip comes: its words as JSON, and its photos. All of it stays in memory."""

from typing import Any

from flask import request
from marshmallow import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from backend.tips.photos import PhotoFile
from mobile_api.shell.strict_json import MAX_JSON_BYTES, NotForm, read_json
from mobile_api.tips.schemas import TipIn

MAX_FORM_BYTES = 60 * 1024 * 1024  # five photos of 10 MB, their words and the form around them
TIP_FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["tip"],
                "properties": {
                    "tip": TipIn,
                    "photos": {"type": "array", "maxItems": 5, "items": {"type": "string", "format": "binary"}},
                },
            },
            "encoding": {"tip": {"contentType": "application/json"}},
        }
    },
}
"""The form as the API's description has it."""


def read_tip_form() -> tuple[Any, list[PhotoFile]]:
    """The JSON part `tip` (a field or a file part) and the files `photos`. Raises NotForm, ValidationError by part."""
    if request.mimetype != "multipart/form-data":
        raise NotForm()
    if "photos" in request.form:
        raise ValidationError({"photos": ["Not a file: the part has no file name."]})
    unknown = (set(request.files) | set(request.form)) - {"tip", "photos"}
    if unknown:
        raise ValidationError({name: ["Unknown field."] for name in sorted(name or "" for name in unknown)})
    if len(request.files.getlist("tip")) + len(request.form.getlist("tip")) > 1:
        raise ValidationError({"tip": ["Only one such part."]})
    part = request.files.get("tip")
    raw = part.read(MAX_JSON_BYTES + 1) if part else request.form.get("tip", "").encode()
    if len(raw) > MAX_JSON_BYTES:  # a file may be as large as photos are, and parsed it would be thirty times that
        raise RequestEntityTooLarge()
    files = [PhotoFile(file.filename or "photo", file.read()) for file in request.files.getlist("photos")]
    return read_json(raw), files
