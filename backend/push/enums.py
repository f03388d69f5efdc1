"""The closed sets of deliveries."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """What became of one device's wake-up."""

    PENDING = "pending"
    ACCEPTED = "accepted"  # the push service has taken it over
    GONE = "gone"  # the address no longer exists
    INVALID = "invalid"  # the push service refuses this message for this address
    FAILED = "failed"  # tried until it made no more sense
    EXPIRED = "expired"  # the alert ended first, or was withdrawn


class Channel(StrEnum):
    """How a delivery goes out."""

    PUSH = "push"
    SMS = "sms"
