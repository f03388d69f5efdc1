"""Jobs of accounts."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class OtpRequested:
    """A phone asked for a sign-in code, which is to be sent to it by SMS.

    `sealed` is `crypto.seal_for_worker("otp-sms", …)` of the JSON {"phone": E.164, "code": digits, "language":
    "vi"|"en", "expires": RFC 3339}. It is sealed because the arguments of jobs are stored in the database.
    """

    task: ClassVar[str] = "otp_requested"
    priority: ClassVar[int] = 10  # before chunks of alerts, because somebody waits for the code
    sealed: str
