"""Rate limits for one network. The counters live outside the transaction: a rollback does not give a try back.

A network is known by a keyed hash that is never logged; the key changes with the server's secret.
"""

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Timer
from typing import Any, TypeVar

import structlog
from flask import request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from backend import crypto
from backend.config import Settings, settings
from backend.errors import N_, DomainError, Kind

log = structlog.get_logger("web")

View = TypeVar("View", bound=Callable[..., Any])

LIMITS: dict[str, Callable[[Settings], RateLimitItem]] = {
    "otp": lambda given: RateLimitItemPerHour(given.otp_per_network_hour),
    "tips": lambda given: RateLimitItemPerHour(given.tips_per_network_hour),
    # whole forms, also faulty and repeated ones: these cost no tip, but reading them costs something
    "forms": lambda given: RateLimitItemPerHour(10 * given.tips_per_network_hour),
    "receipts": lambda given: RateLimitItemPerMinute(given.receipt_tries_per_network_minute),
    # beside the lock of each account: one network trying many of them
    "sign_in": lambda given: RateLimitItemPerMinute(30),
    # a phone sends a handful a day; whole housing blocks share one address
    "signals": lambda given: RateLimitItemPerMinute(600),
    "devices": lambda given: RateLimitItemPerMinute(120),
}


class TooManyRequests(DomainError):
    """This network has sent too many such requests; wait `retry_after` seconds, then try again."""

    kind = Kind.TOO_MANY
    code = "too_many_requests"
    text = N_("Gửi quá nhiều lần trong thời gian ngắn. Hãy đợi một lát rồi thử lại.")


def limit_network(name: str) -> Callable[[View], View]:
    """Refuse a view to a network that has used up the limit `name` (a key of LIMITS) with TooManyRequests."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(*args: Any, **kwargs: Any) -> Any:
            count(name)
            return view(*args, **kwargs)

        limited.limited_as = name  # type: ignore[attr-defined]  # the API's description is held against it
        return limited  # type: ignore[return-value]

    return decorate


def count(name: str) -> None:
    """Count one try of this network against the limit `name` (a key of LIMITS).

    Raises TooManyRequests, which says how many seconds to wait.
    """
    limit, limiter, network = LIMITS[name](settings()), _limiter(), network_key()
    try:
        if limiter.hit(limit, name, network):
            return
        reset = limiter.get_window_stats(limit, name, network).reset_time
    except StorageError:
        # a tip must come in though the counter is away; codes and sign-ins are counted in the database too
        log.error("limits_storage_away", limit=name)
        return
    raise TooManyRequests(retry_after=max(1, round(reset - time.time())))


def network_key() -> str:
    """A keyed hash of the caller's network: the address, or the /64 that one IPv6 line gets."""
    address = request.remote_addr or ""
    try:
        known = ip_address(address)
        if isinstance(known, IPv6Address):
            known = known.ipv4_mapped or known
        network = str(ip_network(f"{known}/64", strict=False)) if isinstance(known, IPv6Address) else str(known)
    except ValueError:
        network = address
    return crypto.keyed_hash("network", network.encode())[:16].hex()


class _Sweeper(Timer):
    """Deletes counters that have run out, every minute, until it is cancelled."""

    def __init__(self, storage: MemoryStorage) -> None:
        super().__init__(60, self._sweep)
        self.daemon = True
        self._storage = storage

    def run(self) -> None:
        while not self.finished.wait(self.interval):
            self.function()

    def _sweep(self) -> None:
        for key in list(self._storage.expirations):
            self._storage.get(key)  # which deletes it when it has run out


class _Memory(MemoryStorage):
    """The library's counters in memory, with one sweeper: its own one is a new thread for nearly every request."""

    def __init__(self) -> None:
        super().__init__(wrap_exceptions=True)
        self.timer.cancel()
        self.timer = _Sweeper(self)
        self.timer.start()


@lru_cache(maxsize=1)
def _limiter() -> SlidingWindowCounterRateLimiter:
    uri = settings().rate_limit_storage
    storage = _Memory() if uri == "memory://" else storage_from_string(uri, wrap_exceptions=True)
    return SlidingWindowCounterRateLimiter(storage)


def reset() -> None:
    """Forget the counts of this process and read the settings again (tests)."""
    if _limiter.cache_info().currsize and isinstance(storage := _limiter().storage, MemoryStorage):
        storage.timer.cancel()
    _limiter.cache_clear()
