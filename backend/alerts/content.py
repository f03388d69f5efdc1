"""What an alert says: one immutable value, and the hash that an approval is bound to."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from backend.alerts.cap import AlertKind, Category, Certainty, Severity, Urgency


@dataclass(frozen=True)
class Localized:
    """A text in Vietnamese and, where somebody has written it, in English."""

    vi: str
    en: str | None = None

    def in_language(self, language: str) -> str:
        """The text in `language`, or in Vietnamese where nobody has written it."""
        return self.en if language == "en" and self.en else self.vi

    def as_json(self) -> dict[str, str | None]:
        return {"vi": self.vi, "en": self.en}


@dataclass(frozen=True)
class LocalizedList:
    """Short sentences, one act each; in English either all of them or none."""

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


def content_hash(content: Content, *, ward_id: str, message_type: str, refers_to: UUID | None) -> str:
    """SHA-256 (hex) over the canonical JSON of all that is approved: the content, for whom, and what it replaces."""
    fact = {
        "ward": ward_id,
        "message_type": message_type,
        "refers_to": str(refers_to) if refers_to else None,
        "category": content.category.value,
        "kind": content.kind.value,
        "urgency": content.urgency.value,
        "severity": content.severity.value,
        "certainty": content.certainty.value,
        "headline": content.headline.as_json(),
        "description": content.description.as_json(),
        "instructions": content.instructions.as_json(),
        "said": content.said.as_json() if content.said else None,
        "truth": content.truth.as_json() if content.truth else None,
        "areas": sorted(str(area_id) for area_id in content.area_ids),
        "effective": _moment(content.effective) if content.effective else None,
        "expires": _moment(content.expires),
        "is_drill": content.is_drill,
    }
    canonical = json.dumps(fact, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
