"""The life of a tip: the closed sets of its values, and the table of transitions."""

from collections.abc import Mapping
from enum import StrEnum


class Category(StrEnum):
    """DOMAIN §6: the list is closed and about harm. Speech, belief, assembly, petition and strike are never in it."""

    THEFT = "theft"
    SCAM = "scam"
    DRUGS = "drugs"
    VIOLENCE = "violence"
    CHILD_TRAFFICKING = "child_trafficking"
    LOAN_SHARKING = "loan_sharking"
    GAMBLING = "gambling"
    WEAPONS = "weapons"
    FIRE = "fire"
    TRAFFIC = "traffic"
    NOISE = "noise"
    ENVIRONMENT = "environment"
    INFRASTRUCTURE = "infrastructure"
    OTHER = "other"


class Occurred(StrEnum):
    """When it happened, roughly."""

    NOW = "now"
    TODAY = "today"
    YESTERDAY = "yesterday"
    EARLIER = "earlier"


class Status(StrEnum):
    """DOMAIN §4: the life of a tip."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    VERIFYING = "verifying"
    TRANSFERRED = "transferred"
    RESOLVED = "resolved"
    NOT_ENOUGH = "not_enough"
    REJECTED = "rejected"


class EntryKind(StrEnum):
    """What an entry of a tip's trail is: a change of its status with the reason, or a message of the dialogue."""

    STATUS = "status"
    MESSAGE = "message"


class EntryAuthor(StrEnum):
    """Who wrote an entry. Reporters are not told the names of staff."""

    REPORTER = "reporter"
    STAFF = "staff"


CLOSED = frozenset({Status.TRANSFERRED, Status.RESOLVED, Status.NOT_ENOUGH, Status.REJECTED})
OPEN = frozenset(Status) - CLOSED
OUTCOMES = frozenset({Status.RESOLVED, Status.NOT_ENOUGH, Status.REJECTED})

TRANSITIONS: Mapping[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.ACKNOWLEDGED}),
    # DOMAIN §4: no outcome without verification, however short
    Status.ACKNOWLEDGED: frozenset({Status.VERIFYING}),
    Status.VERIFYING: OUTCOMES,
    Status.TRANSFERRED: frozenset(),
    Status.RESOLVED: frozenset(),
    # the missing information may still come
    Status.NOT_ENOUGH: frozenset({Status.VERIFYING}),
    Status.REJECTED: frozenset(),
}


def may_become(status: Status, wanted: Status) -> bool:
    """Whether there is a transition from `status` to `wanted`."""
    return wanted in TRANSITIONS[status]
