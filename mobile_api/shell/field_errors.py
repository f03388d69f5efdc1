"""marshmallow's English messages as stable codes and texts in the reader's language."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from backend.errors import N_
from mobile_api.shell.strict_json import UNREADABLE_MESSAGE

LOCATIONS = frozenset({"json", "query", "querystring", "headers", "form", "files", "path"})

KNOWN = [
    (re.compile(pattern), code, text)
    for pattern, code, text in [
        (r"^Missing data for required field\.$", "field_required", N_("Cần điền mục này.")),
        (r"^Field may not be null\.$", "field_required", N_("Cần điền mục này.")),
        (r"^Unknown field\.$", "field_unknown", N_("Không có mục này. Hãy cập nhật ứng dụng.")),
        (
            re.escape(UNREADABLE_MESSAGE),
            "field_unreadable",
            N_("Có ký tự không hiện được trong mục này. Hãy gõ lại bằng tay."),
        ),
        (r"^Longer than maximum length (?P<most>\d+)\.$", "field_too_long", N_("Nhiều nhất %(most)s ký tự hoặc mục.")),
        (r"^Shorter than minimum length 1\.$", "field_required", N_("Cần điền mục này.")),
        (r"^Shorter than minimum length (?P<least>\d+)\.$", "field_too_short", N_("Ít nhất %(least)s ký tự.")),
        (
            r"^Length must be between (?P<least>\d+) and (?P<most>\d+)\.$",
            "field_length",
            N_("Cần từ %(least)s đến %(most)s ký tự."),
        ),
        (r"^Length must be (?P<exact>\d+)\.$", "field_length", N_("Cần đúng %(exact)s ký tự.")),
        (
            r"^Must be greater than or equal to (?P<least>\S+) and less than or equal to (?P<most>\S+)\.$",
            "field_range",
            N_("Cần từ %(least)s đến %(most)s."),
        ),
        (r"^Must be (greater|less) than", "field_range", N_("Số này nằm ngoài khoảng cho phép.")),
        (r"^Must be one of: (?P<choices>.+)\.$", "field_choice", N_("Chỉ nhận một trong: %(choices)s.")),
        (r"^Not a valid UUID\.$", "field_not_uuid", N_("Mã này không đúng dạng.")),
        (r"^Not a valid (integer|number)\.$", "field_not_number", N_("Cần một số.")),
        (r"^Number too large\.$|^Special numeric", "field_range", N_("Số này nằm ngoài khoảng cho phép.")),
        (r"^Not a valid boolean\.$", "field_not_boolean", N_("Chỉ nhận có hoặc không.")),
        (r"^Not a valid (\w+ )?(datetime|date|time)\.$", "field_not_date", N_("Ngày giờ chưa đúng dạng.")),
        (r"^Not a valid string\.$|^Not a valid utf-8 string\.$", "field_not_text", N_("Cần một đoạn chữ.")),
        (
            r"^Not a valid (list|mapping type)\.$|^Invalid (input )?type\.$|^Invalid input\.$",
            "field_wrong_type",
            N_("Mục này không đúng kiểu dữ liệu."),
        ),
        (r"^String does not match expected pattern\.$", "field_wrong_form", N_("Mục này chưa đúng dạng.")),
    ]
]
OTHERWISE = ("field_invalid", N_("Mục này chưa đúng."))


def field_errors(messages: Any) -> list[dict[str, str]]:
    """One {field, code, detail} for each faulty input, its field as a dotted path ("photos.0.name")."""
    if isinstance(messages, Mapping) and len(messages) == 1 and next(iter(messages)) in LOCATIONS:
        (messages,) = messages.values()
    return [{"field": path, **_described(message)} for path, message in _flat(messages, "")]


def _flat(messages: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            if key in ("_schema", "value", "key") and isinstance(inner, list):
                yield from _flat(inner, path)
            else:
                yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(messages, list):
        for message in messages:
            yield from _flat(message, path)
    else:
        yield path, str(messages)


def _described(message: str) -> dict[str, str]:
    for pattern, code, text in KNOWN:
        if found := pattern.search(message):
            return {"code": code, "detail": gettext(text, **found.groupdict())}
    code, text = OTHERWISE
    return {"code": code, "detail": gettext(text)}
