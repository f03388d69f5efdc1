"""Jobs of tips."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class TipUpdated:
    """There is news for a reporter who asked for notifications.

    `sealed_address`: their push address, sealed for the worker. There is nothing else: everyone gets the same words,
    and no id connects the job with a tip.
    """

    task: ClassVar[str] = "tip_updated"
    sealed_address: str
