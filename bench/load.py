"""A load generator in processes of its own: keep-alive connections, ready-made requests, exact times."""

import multiprocessing
import socket
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection


@dataclass(frozen=True)
class Load:
    """What one round saw: answers a second over all clients, and each answer's milliseconds."""

    per_second: float
    milliseconds: Sequence[float]

    def percentile(self, share: int) -> float:
        """The `share` % percentile of the answer times, milliseconds."""
        return statistics.quantiles(self.milliseconds, n=100)[share - 1]


def request(method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """One HTTP/1.1 request, ready to be written."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run(port: int, requests: Sequence[bytes], *, clients: int, seconds: float, expect: int = 200) -> Load:
    """Each client sends its share of `requests` again and again for `seconds`; another status than `expect` fails."""
    context = multiprocessing.get_context("fork")
    with context.Pool(clients) as pool:
        shares = [(port, requests[n::clients] or requests, seconds, expect) for n in range(clients)]
        times = pool.starmap(_client, shares)
    flat = [one for client in times for one in client]
    return Load(sum(len(client) / (sum(client) / 1000) for client in times), flat)


def _client(port: int, requests: Sequence[bytes], seconds: float, expect: int) -> list[float]:
    times: list[float] = []
    wanted = f"HTTP/1.1 {expect} ".encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end, number = time.perf_counter() + seconds, 0
        while (start := time.perf_counter()) < end:
            connection.sendall(requests[number % len(requests)])
            answer = _answer(connection)
            times.append((time.perf_counter() - start) * 1000)
            if not answer.startswith(wanted):
                raise RuntimeError(f"expected {expect}, got {answer[:300]!r}")
            number += 1
    return times


def _answer(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        more = connection.recv(65536)
        if not more:
            raise RuntimeError("the server closed the connection")
        body += more
    return data


def once(
    port: int, method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """One request outside the measurement: status and body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data
