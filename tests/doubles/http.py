"""A small, fast HTTP/1.1 server for the doubles: plain asyncio, keep-alive, delays, and misbehaviour on demand."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Self

REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    307: "Temporary Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    410: "Gone",
    413: "Payload Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
MAX_HEAD = 16_384


@dataclass
class Request:
    method: str
    target: str
    head: bytes
    body: bytes

    @cached_property
    def headers(self) -> dict[str, str]:
        """Names in lower case; a repeated header keeps its last value."""
        lines = self.head.split(b"\r\n")[1:]
        pairs = (line.decode("latin-1").partition(":") for line in lines)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    content_type: str = "application/json; charset=UTF-8"
    wire: bytes | None = None

    def encode(self) -> bytes:
        if self.wire is None:
            head = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Status')}", f"Content-Length: {len(self.body)}"]
            if self.body:
                head.append(f"Content-Type: {self.content_type}")
            head.extend(f"{name}: {value}" for name, value in self.headers.items())
            self.wire = "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + self.body
        return self.wire


class Misbehaviour(Enum):
    DROP = "drop"  # the connection is cut without an answer
    HANG = "hang"  # the answer never comes
    HALF = "half"  # the head arrives, the body does not


Answer = Reply | Misbehaviour
Handler = Callable[[Request], Answer]


class _Connection(asyncio.Protocol):
    """One client. A request that arrives before the last was answered waits, and is counted as pipelined."""

    def __init__(self, server: LoopbackServer) -> None:
        self.server = server
        self.transport: asyncio.Transport | None = None
        self.buffer = b""
        self.busy = False
        self.scanned = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.server.connections.add(transport)
        self.server.opened += 1

    def connection_lost(self, exc: Exception | None) -> None:
        if self.transport is not None:
            self.server.connections.discard(self.transport)
        self.transport = None

    def data_received(self, data: bytes) -> None:
        self.buffer = self.buffer + data if self.buffer else data
        if self.busy:
            self.server.pipelined += 1
            return
        self._next()

    def _next(self) -> None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self.buffer) > MAX_HEAD and self.transport:
                self.transport.close()
            return
        head = self.buffer[:end]
        length = _content_length(head)
        if length is None:
            self._send(Reply(400, b'{"error":"Content-Length is needed"}'))
            return
        total = end + 4 + length
        if len(self.buffer) < total:
            return
        body, self.buffer = self.buffer[end + 4 : total], self.buffer[total:]
        method, target, _ = head[: head.find(b"\r\n")].decode("latin-1").split(" ", 2)
        self.busy = True
        self._answer(self.server.handle(Request(method, target, head, body)))

    def _answer(self, answer: Answer) -> None:
        if self.transport is None or answer is Misbehaviour.HANG:
            return
        if answer is Misbehaviour.DROP:
            self.transport.abort()
        elif answer is Misbehaviour.HALF:
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
            self.transport.close()
        elif isinstance(answer, Reply):
            if answer.delay > 0:
                self.server.call_later(answer.delay, self._send, answer)
            else:
                self._send(answer)

    def _send(self, reply: Reply) -> None:
        if self.transport is None:
            return
        self.transport.write(reply.encode())
        self.busy = False
        if self.buffer:
            self._next()


def _content_length(head: bytes) -> int | None:
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    if at < 0:
        return None if b"\r\ntransfer-encoding:" in lower else 0
    end = lower.find(b"\r\n", at + 2)
    value = lower[at + 17 : end if end >= 0 else len(lower)].strip()
    return int(value) if value.isdigit() else None


class LoopbackServer:
    """Runs `handle` on 127.0.0.1 in a thread of its own (`start`, or `with`), or in the caller's loop (`serve`)."""

    def __init__(self, *, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.port = port
        self.tls = tls
        self.connections: set[asyncio.Transport] = set()
        self.opened = 0
        self.pipelined = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event | None = None

    def handle(self, request: Request) -> Answer:
        raise NotImplementedError

    @property
    def origin(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def call_later(self, delay: float, callback: Callable[[Reply], None], reply: Reply) -> None:
        assert self._loop is not None
        self._loop.call_later(delay, callback, reply)

    async def serve(self, ready: Callable[[], object]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await self._loop.create_server(
            lambda: _Connection(self), "127.0.0.1", self.port, ssl=self.tls, backlog=4096, reuse_address=True
        )
        self.port = server.sockets[0].getsockname()[1]
        ready()
        await self._stop.wait()
        server.close()
        for transport in list(self.connections):
            transport.abort()
        await asyncio.sleep(0)

    def start(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self.serve(ready.set)), daemon=True, name=type(self).__name__
        )
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError(f"{type(self).__name__} did not start")
        return self

    def stop(self) -> None:
        if self._thread and self._loop and self._stop:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(10)
            self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
