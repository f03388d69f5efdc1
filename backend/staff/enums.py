"""The closed sets of staff."""

from enum import StrEnum


class AccountState(StrEnum):
    """Where an account stands."""

    WAITING = "waiting"  # not enrolled yet
    ACTIVE = "active"
    DISABLED = "disabled"


class SessionStage(StrEnum):
    """How far somebody has come in signing in: only an open session says who acts."""

    ENROLLING = "enrolling"  # the enrolment code was right
    PASSWORD = "password"  # noqa: S105 - the password was right
    OPEN = "open"  # the authenticator's code too
