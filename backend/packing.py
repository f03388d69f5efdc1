"""Dataclasses as the JSON that rests under a seal. It carries a version, and it can grow.

An optional field may be added to any of these shapes at any time: what was sealed before has not got it and takes the
default, and a release that does not know it yet leaves it out. Any other change needs a new version, and a step here
that brings what is older to its shape.
"""

import json
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from backend.crypto import SealBroken
from backend.errors import N_, DomainError, Kind

VERSION = 1
_FIRST = 1  # the first release wrote no version

Shape = TypeVar("Shape")


class ContentTooNew(DomainError):
    """A newer release of the product has sealed this, in a form that this one cannot read yet; try again later."""

    kind = Kind.UNAVAILABLE
    code = "content_too_new"
    text = N_("Nội dung này được lưu bằng phiên bản mới hơn của hệ thống. Hãy thử lại sau ít phút.")


def pack(value: object) -> bytes:
    """A dataclass as JSON."""
    shape: Any = type(value)
    fact = _adapter_of(shape).dump_python(value, mode="json")
    return json.dumps({"v": VERSION, **fact}, ensure_ascii=False).encode()


def unpack(shape: type[Shape], raw: bytes) -> Shape:
    """The reverse. Raises ContentTooNew, and SealBroken when `raw` is no such shape."""
    try:
        fact = json.loads(raw)
        if fact.pop("v", _FIRST) > VERSION:
            raise ContentTooNew()
        value: Shape = _adapter_of(cast("Any", shape)).validate_python(fact)
    except (ValidationError, ValueError, AttributeError, TypeError):
        raise SealBroken from None  # the cause would repeat what a person said
    return value


@cache
def _adapter_of(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
