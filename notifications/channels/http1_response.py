"""Reading HTTP/1.1 responses (RFC 9112): bounded, and strict where one response could be taken for another."""

import time
from email.utils import parsedate_to_datetime

MAX_HEAD = 16 * 1024
MAX_BODY = 256 * 1024


class NoResponse(Exception):
    """No response came: whether the other side has taken the message is not known.

    `reason`: connect, timeout, closed, protocol.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Response:
    """Status, head (raw, with the status line) and body of one response."""

    __slots__ = ("body", "head", "status")

    def __init__(self, status: int, head: bytes, body: bytes) -> None:
        self.status = status
        self.head = head
        self.body = body

    def header(self, name: str) -> str | None:
        wanted = name.lower().encode()
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == wanted:
                return value.strip().decode("latin-1")
        return None

    def retry_after(self) -> float | None:
        """Seconds from now that the server asks to wait (RFC 9110 §10.2.3: seconds or a date); never negative."""
        value = self.header("retry-after")
        if value is None:
            return None
        if value.isdigit() and len(value) < 10:
            return float(value)
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
        except (ValueError, TypeError):
            return None


class ResponseParser:
    """Parses one response at a time out of what arrives. `feed` returns it once it is whole."""

    def __init__(self) -> None:
        self.buffer = b""
        self.keep = True

    def feed(self, data: bytes) -> Response | None:
        self.buffer = self.buffer + data if self.buffer else data
        while True:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self.buffer) > MAX_HEAD:
                    raise NoResponse("protocol")
                return None
            head = self.buffer[:end]
            status = _status(head)
            if status >= 200:
                break
            self.buffer = self.buffer[end + 4 :]  # an interim response (100, 103): the real one follows
        return self._body(status, head, end + 4)

    def _body(self, status: int, head: bytes, start: int) -> Response | None:
        lower = head.lower()
        self.keep = b"\r\nconnection: close" not in lower and not head.startswith(b"HTTP/1.0")
        if status in (204, 304):
            return self._take(status, head, b"", start)
        if b"\r\ntransfer-encoding:" in lower:
            if b"chunked" not in lower:
                raise NoResponse("protocol")
            whole = _unchunk(self.buffer, start)
            return None if whole is None else self._take(status, head, *whole)
        length = _length(lower)
        if start + length > len(self.buffer):
            return None
        return self._take(status, head, self.buffer[start : start + length], start + length)

    def _take(self, status: int, head: bytes, body: bytes, used: int) -> Response:
        self.buffer = self.buffer[used:]
        return Response(status, head, body)


def _status(head: bytes) -> int:
    # "HTTP/1.1 200 OK"
    if head[:7] != b"HTTP/1." or not head[9:12].isdigit():
        raise NoResponse("protocol")
    return int(head[9:12])


def _length(lower: bytes) -> int:
    at = lower.find(b"\r\ncontent-length:")
    if at < 0:
        raise NoResponse("protocol")  # no service of ours ends a body by closing the connection
    end = lower.find(b"\r\n", at + 2)
    value = lower[at + 17 : end if end >= 0 else len(lower)].strip()
    if not value.isdigit() or len(value) > 9 or int(value) > MAX_BODY:
        raise NoResponse("protocol")
    return int(value)


def _unchunk(buffer: bytes, at: int) -> tuple[bytes, int] | None:
    """The body and where it ends in `buffer`; None while it is not whole (RFC 9112 §7.1)."""
    parts: list[bytes] = []
    total = 0
    while True:
        end = buffer.find(b"\r\n", at)
        if end < 0:
            return None
        try:
            size = int(buffer[at:end].split(b";")[0], 16)
        except ValueError:
            raise NoResponse("protocol") from None
        total += size
        if size < 0 or total > MAX_BODY:
            raise NoResponse("protocol")
        at = end + 2
        if size == 0:
            done = buffer.find(b"\r\n\r\n", end)
            return None if done < 0 else (b"".join(parts), done + 4)
        if len(buffer) < at + size + 2:
            return None
        parts.append(buffer[at : at + size])
        at += size + 2
