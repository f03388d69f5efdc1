"""Limits on slow work, so that it takes neither all the memory nor all the threads of the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from backend.errors import DomainError


@contextmanager
def slot(slots: BoundedSemaphore, *, wait: float = 0, busy: DomainError) -> Iterator[None]:
    """Hold one of the slots for the length of the block. Raises `busy` if none gets free within `wait` seconds."""
    if not slots.acquire(timeout=wait):
        raise busy
    try:
        yield
    finally:
        slots.release()
