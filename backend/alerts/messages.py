"""Jobs of alerts."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class AlertPublished:
    """An alert was published, and every device it concerns is to be notified. The task reads the alert by its id."""

    task: ClassVar[str] = "alert_published"
    alert_id: str
