"""What alerts tell the outside."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class AlertPublished:
    """An alert is public: every device it concerns is woken. The id is all; the task reads the rest itself."""

    task: ClassVar[str] = "alert_published"
    alert_id: str
