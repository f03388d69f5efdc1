"""HTTP/1.1 for sending very many small POSTs to one host: keep-alive lines, no pipelining, no redirects, no retries.

A general client spends most of its time on what this one leaves out (cookies, redirects, streaming, encodings). What it
reads is bounded, and whatever it cannot read closes the line.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from notifications.channels.http1_answer import Reader, Response, Unanswered

IDLE_SECONDS = 45.0
CONNECTING_AT_ONCE = 64


class _Wire(asyncio.Protocol):
    """One TCP connection; at most one request is under way."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.reader = Reader()
        self.waiter: asyncio.Future[Response] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if self.waiter is None:
            self.close()  # nobody asked
            return
        try:
            response = self.reader.feed(data)
        except Unanswered as failure:
            self.fail(failure)
            return
        if response is not None:
            waiter, self.waiter = self.waiter, None
            if not waiter.done():
                waiter.set_result(response)
            if not self.reader.keep or self.reader.buffer:
                self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self.fail(Unanswered("closed"))

    def expire(self) -> None:
        self.fail(Unanswered("timeout"))

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()
            self.transport = None

    def fail(self, failure: Unanswered) -> None:
        """Cut the connection; whoever waits for an answer hears why there will be none."""
        self.close()
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(failure)
        self.waiter = None


class Line:
    """A place in the pool: connects when it is first used, and again after its connection has ended."""

    __slots__ = ("_pool", "_used", "_wire")

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool
        self._wire: _Wire | None = None
        self._used = 0.0

    async def exchange(self, request: bytes) -> Response:
        """Send one whole request, wait for its answer. Raises Unanswered."""
        loop = self._pool.loop
        wire = self._wire
        now = loop.time()
        if wire is None or wire.transport is None or now - self._used > IDLE_SECONDS:
            self.close()
            wire = self._wire = await self._pool.connect()
            now = loop.time()
        self._used = now
        waiter: asyncio.Future[Response] = loop.create_future()
        wire.waiter = waiter
        assert wire.transport is not None
        wire.transport.write(request)
        timer = loop.call_at(now + self._pool.timeout, wire.expire)
        try:
            return await waiter
        except asyncio.CancelledError:
            self.close()  # its late answer must not be taken for another's
            raise
        finally:
            timer.cancel()

    def close(self) -> None:
        if self._wire is not None:
            self._wire.fail(Unanswered("closed"))
            self._wire = None


class Pool:
    """At most `connections` lines to one origin. `timeout`: seconds from sending to the whole answer."""

    def __init__(
        self,
        origin: str,
        *,
        connections: int,
        timeout: float,
        connect_timeout: float = 10.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"not an origin: {origin}")
        self.host = parts.hostname
        self.port = parts.port or (443 if parts.scheme == "https" else 80)
        self.authority = parts.netloc
        self.timeout = timeout
        self.connections = connections
        self.loop = asyncio.get_running_loop()
        self._connect_timeout = connect_timeout
        self._tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self._idle: deque[Line] = deque(Line(self) for _ in range(connections))
        self._lines = list(self._idle)
        self._waiting: deque[asyncio.Future[Line]] = deque()
        self._connecting = asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def connect(self) -> _Wire:
        """A fresh connection. Raises Unanswered."""
        async with self._connecting:
            try:
                async with asyncio.timeout(self._connect_timeout):
                    _, wire = await self.loop.create_connection(_Wire, self.host, self.port, ssl=self._tls)
            except (OSError, ValueError):  # ValueError: no resolver takes such a name
                raise Unanswered("connect") from None
        return wire

    @property
    def busy(self) -> bool:
        """Whether a line is in use."""
        return len(self._idle) < self.connections

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """A line for as long as the block lasts; the most recently used first, so that few stay open."""
        line = self._idle.pop() if self._idle else await self._queue()
        try:
            yield line
        finally:
            self._give_back(line)

    async def _queue(self) -> Line:
        place: asyncio.Future[Line] = self.loop.create_future()
        self._waiting.append(place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._give_back(place.result())
            with suppress(ValueError):
                self._waiting.remove(place)
            raise

    def _give_back(self, line: Line) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(line)
                return
        self._idle.append(line)

    def close(self) -> None:
        """Cut every line."""
        for line in self._lines:
            line.close()
