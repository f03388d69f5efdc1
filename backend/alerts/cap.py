"""The closed sets of alerts, from OASIS CAP 1.2 where it has them, and the table of transitions."""

from collections.abc import Mapping
from enum import StrEnum


class Category(StrEnum):
    """CAP `category`, spelled as CAP spells it."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class AlertKind(StrEnum):
    """What the alert is about, in the ward's own words. It decides the picture and the editor's presets."""

    SCAM = "scam"
    THEFT = "theft"
    FIRE = "fire"
    FLOOD = "flood"
    TRAFFIC = "traffic"
    LOST_FOUND = "lost_found"
    OTHER = "other"


class Urgency(StrEnum):
    IMMEDIATE = "immediate"
    EXPECTED = "expected"
    FUTURE = "future"
    PAST = "past"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    EXTREME = "extreme"
    SEVERE = "severe"
    MODERATE = "moderate"
    MINOR = "minor"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    OBSERVED = "observed"
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    UNKNOWN = "unknown"


class MessageType(StrEnum):
    """The first message about a matter, or a later one that refers to the message before it."""

    ALERT = "alert"
    UPDATE = "update"
    ALL_CLEAR = "all_clear"
    CANCEL = "cancel"


class State(StrEnum):
    """DOMAIN §4: the life of an alert. Expiry is not a state, because it follows from the time alone."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    UPDATED = "updated"
    ALL_CLEAR = "all_clear"
    CANCELLED = "cancelled"
    DISCARDED = "discarded"


class PublicState(StrEnum):
    """What the public is told about a published alert."""

    IN_FORCE = "in_force"
    UPDATED = "updated"
    ALL_CLEAR = "all_clear"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class ReceiptEvent(StrEnum):
    """What a phone reports about an alert."""

    RECEIVED = "received"
    OPENED = "opened"
    READ = "read"
    SAFE = "safe"


class Act(StrEnum):
    """What a member of staff did to an alert."""

    WRITTEN = "written"
    EDITED = "edited"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"
    DISCARDED = "discarded"


SEVERITY_RANK: Mapping[Severity, int] = {severity: rank for rank, severity in enumerate(Severity)}

AUTHORING = frozenset({Act.WRITTEN, Act.EDITED})

OPEN_STATES = frozenset({State.DRAFT, State.SUBMITTED, State.APPROVED})
PUBLIC_STATES = frozenset({State.PUBLISHED, State.UPDATED, State.ALL_CLEAR, State.CANCELLED})

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.DRAFT, State.SUBMITTED, State.DISCARDED}),
    State.SUBMITTED: frozenset({State.DRAFT, State.APPROVED, State.DISCARDED}),
    State.APPROVED: frozenset({State.DRAFT, State.PUBLISHED, State.DISCARDED}),
    State.PUBLISHED: frozenset({State.UPDATED, State.ALL_CLEAR, State.CANCELLED}),
    State.UPDATED: frozenset(),
    State.ALL_CLEAR: frozenset(),
    State.CANCELLED: frozenset(),
    State.DISCARDED: frozenset(),
}

ENDS_AS: Mapping[MessageType, State] = {
    MessageType.UPDATE: State.UPDATED,
    MessageType.ALL_CLEAR: State.ALL_CLEAR,
    MessageType.CANCEL: State.CANCELLED,
}
"""The state of the earlier message once a later one of this type is published."""


def may_become(state: State, wanted: State) -> bool:
    """Whether there is a transition from `state` to `wanted`."""
    return wanted in TRANSITIONS[state]
