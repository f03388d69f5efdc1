"""What an alert says: one immutable value, and the hash that an approval is bound to.

A new optional field is one line here and one column of the same name in the table. Its default leaves the hash of
every alert that was approved before as it is.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from backend.alerts.cap import AlertKind, Category, Certainty, Severity, Urgency
from backend.localized import Localized


@dataclass(frozen=True)
class LocalizedList:
    """Short sentences, one act each; in English either all of them or none."""

    FIRST_FIELDS = frozenset({"vi", "en"})

    vi: tuple[str, ...] = ()
    en: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, list[str] | None]:
        return {"vi": list(self.vi), "en": None if self.en is None else list(self.en)}


@dataclass(frozen=True)
class Content:
    """Everything a reader of the alert sees and everything that decides who sees it.

    `effective` None means from the moment of publication. `area_ids` empty means the whole ward.
    `said` is the crook's sentence and `truth` the answer to it, for alerts about tricks.
    """

    FIRST_FIELDS = frozenset(
        {
            "category", "kind", "urgency", "severity", "certainty", "headline", "description", "expires", "effective",
            "instructions", "said", "truth", "area_ids", "is_drill",
        }
    )  # fmt: skip

    category: Category
    kind: AlertKind
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    headline: Localized
    description: Localized
    expires: datetime
    effective: datetime | None = None
    instructions: LocalizedList = LocalizedList()
    said: Localized | None = None
    truth: Localized | None = None
    area_ids: frozenset[UUID] = frozenset()
    is_drill: bool = False


COLUMNS = tuple(field.name for field in fields(Content) if field.name != "area_ids")
"""The fields that an alert's row holds itself, each in a column of its name."""


def content_hash(content: Content, *, ward_id: str, message_type: str, refers_to: UUID | None) -> str:
    """SHA-256 (hex) over the canonical JSON of all that is approved: the content, for whom, and what it replaces."""
    fact = _canonical(content)
    fact["areas"] = fact.pop("area_ids")
    fact |= {"ward": ward_id, "message_type": message_type, "refers_to": str(refers_to) if refers_to else None}
    canonical = json.dumps(fact, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    """JSON values, one form for each meaning."""
    match value:
        case str() | int() | float() | None:
            return value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case UUID():
            return str(value)
        case frozenset():
            return sorted(map(_canonical, value))
        case tuple():
            return list(map(_canonical, value))
    return _canonical_shape(value)


def _canonical_shape(value: Any) -> dict[str, Any]:
    """The fields of the first release, and of the later ones those that say anything."""
    shape: Any = type(value)
    first, later = _fields(shape)
    fact = {name: _canonical(getattr(value, name)) for name in first}
    grown = {name: _canonical(now) for name, default in later if (now := getattr(value, name)) != default}
    return fact | {"later": grown} if grown else fact


@cache
def _fields(shape: Any) -> tuple[frozenset[str], list[tuple[str, Any]]]:
    """The first fields of a shape, and the later ones with their defaults (a later one must have one)."""
    later = [field for field in fields(shape) if field.name not in shape.FIRST_FIELDS]
    if any(field.default is MISSING for field in later):
        raise TypeError(f"{shape.__name__}: a field that came later needs a plain default")
    return shape.FIRST_FIELDS, [(field.name, field.default) for field in later]


def as_columns(content: Content) -> dict[str, Any]:
    """What an alert's row holds of `content`, by column; areas have rows of their own."""
    return {name: _stored(getattr(content, name)) for name in COLUMNS}


def from_columns(row: Mapping[str, Any], *, area_ids: frozenset[UUID]) -> Content:
    """The reverse of as_columns."""
    return Content(**{name: _read(row[name]) for name in COLUMNS}, area_ids=area_ids)


def _stored(value: Any) -> Any:
    return value.as_json() if isinstance(value, Localized | LocalizedList) else value


def _read(stored: Any) -> Any:
    if not isinstance(stored, dict):
        return stored
    if isinstance(stored["vi"], list):
        return LocalizedList(tuple(stored["vi"]), None if stored["en"] is None else tuple(stored["en"]))
    return Localized(stored["vi"], stored["en"])
