"""The closed sets of deliveries."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """What became of one delivery."""

    PENDING = "pending"
    ACCEPTED = "accepted"  # by the push service or the SMS gateway
    GONE = "gone"  # the address no longer exists
    INVALID = "invalid"  # the push service refuses this message for this address
    FAILED = "failed"  # all tries have failed
    EXPIRED = "expired"  # the alert had ended or was withdrawn before it could be delivered


class Channel(StrEnum):
    """How a delivery goes out."""

    PUSH = "push"
    SMS = "sms"
