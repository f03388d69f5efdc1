"""What accounts tell the outside."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class OtpRequested:
    """A phone asked for a sign-in code, which is to be sent to it by SMS.

    `sealed` is `crypto.seal_for_worker("otp-sms", …)` over JSON {"phone": E.164, "code": digits, "language": "vi"|"en",
    "expires": RFC 3339}: a job's arguments lie in the database, and neither number nor code may be read there.
    """

    task: ClassVar[str] = "otp_requested"
    priority: ClassVar[int] = 10  # somebody is waiting: before any alert's next chunk
    sealed: str
