"""Jobs that deliver one alert step by step."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class AudienceWaiting:
    """More devices of an alert wait to be listed; `after` is the last one listed (a UUID as text)."""

    task: ClassVar[str] = "alert_audience"
    alert_id: str
    after: str


@dataclass(frozen=True)
class ChunkReady:
    """The devices of an alert after `after` up to and with `upto` (UUIDs as text) can be told."""

    task: ClassVar[str] = "alert_chunk"
    alert_id: str
    after: str
    upto: str


@dataclass(frozen=True)
class SmsChunkReady:
    """The residents of an alert after `after` up to and with `upto` (UUIDs as text) can be told by SMS."""

    task: ClassVar[str] = "alert_texts"
    alert_id: str
    after: str
    upto: str
