"""HTTP/1.1 for very many small POSTs to one host: persistent connections, no pipelining, no redirects, no retries.

A general client spends most of its time on what this one leaves out (cookies, redirects, streaming, encodings). What it
reads is bounded, and whatever it cannot read closes the connection.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from notifications.channels.http1_response import NoResponse, Response, ResponseParser

IDLE_SECONDS = 45.0
CONNECTING_AT_ONCE = 64


class _Protocol(asyncio.Protocol):
    """One TCP connection, on which at most one request is under way."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.parser = ResponseParser()
        self.waiter: asyncio.Future[Response] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if self.waiter is None:
            self.close()  # nobody asked
            return
        try:
            response = self.parser.feed(data)
        except NoResponse as failure:
            self.fail(failure)
            return
        if response is not None:
            waiter, self.waiter = self.waiter, None
            if not waiter.done():
                waiter.set_result(response)
            if not self.parser.keep or self.parser.buffer:
                self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        self.fail(NoResponse("closed"))

    def expire(self) -> None:
        self.fail(NoResponse("timeout"))

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()
            self.transport = None

    def fail(self, failure: NoResponse) -> None:
        """Cut the connection; whoever waits for a response is told why there will be none."""
        self.close()
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(failure)
        self.waiter = None


class Connection:
    """One of the pool's connections: opened when it is first used, and again after it has ended."""

    __slots__ = ("_pool", "_protocol", "_used")

    def __init__(self, pool: "ConnectionPool") -> None:
        self._pool = pool
        self._protocol: _Protocol | None = None
        self._used = 0.0

    async def exchange(self, request: bytes) -> Response:
        """Send one whole request, wait for its response. Raises NoResponse."""
        loop = self._pool.loop
        protocol = self._protocol
        now = loop.time()
        if protocol is None or protocol.transport is None or now - self._used > IDLE_SECONDS:
            self.close()
            protocol = self._protocol = await self._pool.connect()
            now = loop.time()
        self._used = now
        waiter: asyncio.Future[Response] = loop.create_future()
        protocol.waiter = waiter
        assert protocol.transport is not None
        protocol.transport.write(request)
        timer = loop.call_at(now + self._pool.timeout, protocol.expire)
        try:
            return await waiter
        except asyncio.CancelledError:
            self.close()  # its late response must not be taken for another's
            raise
        finally:
            timer.cancel()

    def close(self) -> None:
        if self._protocol is not None:
            self._protocol.fail(NoResponse("closed"))
            self._protocol = None


class ConnectionPool:
    """At most `connections` to one origin. `timeout`: seconds from sending to the whole response."""

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
        self._idle: deque[Connection] = deque(Connection(self) for _ in range(connections))
        self._all = list(self._idle)
        self._waiting: deque[asyncio.Future[Connection]] = deque()
        self._connecting = asyncio.Semaphore(CONNECTING_AT_ONCE)

    async def connect(self) -> _Protocol:
        """A fresh connection. Raises NoResponse."""
        async with self._connecting:
            try:
                async with asyncio.timeout(self._connect_timeout):
                    _, protocol = await self.loop.create_connection(_Protocol, self.host, self.port, ssl=self._tls)
            except (OSError, ValueError):  # ValueError: no resolver takes such a name
                raise NoResponse("connect") from None
        return protocol

    @property
    def busy(self) -> bool:
        """Whether a connection is in use."""
        return len(self._idle) < self.connections

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection for as long as the block lasts; the most recently used first, so that few stay open."""
        connection = self._idle.pop() if self._idle else await self._queue()
        try:
            yield connection
        finally:
            self._give_back(connection)

    async def _queue(self) -> Connection:
        place: asyncio.Future[Connection] = self.loop.create_future()
        self._waiting.append(place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._give_back(place.result())
            with suppress(ValueError):
                self._waiting.remove(place)
            raise

    def _give_back(self, connection: Connection) -> None:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(connection)
                return
        self._idle.append(connection)

    def close(self) -> None:
        """Cut every connection."""
        for connection in self._all:
            connection.close()
