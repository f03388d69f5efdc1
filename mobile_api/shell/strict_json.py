"""Reading JSON from strangers: whatever is wrong with it is refused with a reason and never crashes the view."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import marshmallow as ma

from backend.errors import N_, DomainError, Kind

MAX_JSON_BYTES = 256 * 1024
MAX_DEPTH = 20
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
UNREADABLE_MESSAGE = "Unreadable character."


class BadJson(DomainError):
    """The body is not JSON, or nested beyond reason; update the app and send it again."""

    kind = Kind.INVALID
    code = "bad_json"
    text = N_("Nội dung gửi lên không phải là JSON đúng. Hãy cập nhật ứng dụng rồi gửi lại.")


class NotJson(DomainError):
    """The body is not sent as application/json; update the app and send it again."""

    kind = Kind.UNSUPPORTED
    code = "not_json"
    text = N_("Máy chủ chỉ nhận nội dung application/json ở đây. Hãy cập nhật ứng dụng rồi gửi lại.")


class NotForm(DomainError):
    """The body is not sent as multipart/form-data; update the app and send it again."""

    kind = Kind.UNSUPPORTED
    code = "not_form"
    text = N_("Máy chủ chỉ nhận nội dung multipart/form-data ở đây. Hãy cập nhật ứng dụng rồi gửi lại.")


def read_json(raw: bytes) -> Any:
    """The value of a JSON text in UTF-8.

    Raises BadJson (not JSON, NaN or Infinity, figures or nesting beyond reason) and marshmallow's ValidationError,
    by field, where a text holds NUL, another control character or half a surrogate pair.
    """
    try:
        value = json.loads(raw.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise BadJson() from None
    refuse_unreadable(value)
    return value


def refuse_unreadable(value: Any) -> None:
    """Raise ValidationError naming the first field whose text no screen can show; BadJson when nested too deep."""
    for path, text in _texts(value, ()):
        if UNREADABLE.search(text):
            messages: Any = [UNREADABLE_MESSAGE]
            for part in reversed(path):
                messages = {part: messages}
            raise ma.ValidationError(messages)


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if len(path) > MAX_DEPTH:
        raise BadJson()
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield path, key
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, str(place)))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
