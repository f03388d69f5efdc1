"""What tips tell the outside."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class TipUpdated:
    """Something new waits for a reporter who asked to be woken.

    `sealed_address` is their push address sealed for the worker. Nothing else: the same words go to everyone, and no
    id ties the job to a tip.
    """

    task: ClassVar[str] = "tip_updated"
    sealed_address: str
