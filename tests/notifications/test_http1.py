"""The lean HTTP client: what it can read, however it is cut, and what it does with what it cannot."""

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TypeVar

import pytest

from notifications.channels.http1 import ConnectionPool
from notifications.channels.http1_response import NoResponse, Response, ResponseParser
from tests.doubles.http import Answer, LoopbackServer, Misbehaviour, Reply, Request
from tests.doubles.tls import self_signed

T = TypeVar("T")
POST = b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi"
PATIENT = 30.0  # a busy machine is slow, not silent

WHOLE = {
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, b"hello"),
    "empty": (b"HTTP/1.1 201 Created\r\nLocation: /m\r\nContent-Length: 0\r\n\r\n", 201, b""),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
    "chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", 200, b"hello"),
    "trailers": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n", 200, b"hello"),
    "interim": (
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
    "no reason": (b"HTTP/1.1 503 \r\ncontent-length:2\r\n\r\nno", 503, b"no"),
}  # fmt: skip

UNREADABLE = {
    "not HTTP": b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    "HTTP/2": b"HTTP/2 200\r\n\r\n",
    "no length": b"HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\nhello",
    "negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "endless length": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
    "endless head": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000,
    "bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "endless chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
    "negative chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
    "gzip": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
}


class Scripted(LoopbackServer):
    """Answers as told, one after the other, then 200."""

    def __init__(self, *answers: Answer, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls=tls)
        self.answers = list(answers)
        self.requests = 0
        self.asked = threading.Event()

    def handle(self, request: Request) -> Answer:
        self.requests += 1
        self.asked.set()
        return self.answers.pop(0) if self.answers else Reply(200, b"ok")


def using(server: Scripted, act: Callable[[ConnectionPool], Awaitable[T]], **options: object) -> T:
    async def run() -> T:
        settings: dict[str, object] = {"connections": 2, "timeout": PATIENT, **options}
        pool = ConnectionPool(server.origin, **settings)  # type: ignore[arg-type]
        try:
            return await act(pool)
        finally:
            pool.close()

    return asyncio.run(run())


async def post(pool: ConnectionPool) -> Response:
    async with pool.connection() as line:
        return await line.exchange(POST)


async def failure(pool: ConnectionPool) -> str:
    with pytest.raises(NoResponse) as caught:
        await post(pool)
    return caught.value.reason


@pytest.mark.parametrize("name", WHOLE)
def test_an_answer_is_read_however_it_is_cut(name: str) -> None:
    raw, status, body = WHOLE[name]
    for cut in range(len(raw)):
        reader = ResponseParser()
        early = reader.feed(raw[:cut]) if cut else None
        assert early is None
        response = reader.feed(raw[cut:])
        assert response is not None
        assert (response.status, response.body, reader.buffer) == (status, body, b"")


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_no_answer(name: str) -> None:
    with pytest.raises(NoResponse) as caught:
        ResponseParser().feed(UNREADABLE[name])
    assert caught.value.reason == "protocol"


def test_lines_are_kept_and_never_carry_two_requests_at_once() -> None:
    async def many(pool: ConnectionPool) -> list[Response]:
        return await asyncio.gather(*(post(pool) for _ in range(50)))

    with Scripted() as server:
        responses = using(server, many, connections=3)
        assert {response.status for response in responses} == {200}
        assert (server.requests, server.opened <= 3, server.pipelined) == (50, True, 0)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(Misbehaviour.DROP, "closed"), (Misbehaviour.HANG, "timeout"), (Misbehaviour.HALF, "closed")],
)
def test_no_answer_is_a_named_failure_and_the_line_works_again(answer: Misbehaviour, reason: str) -> None:
    async def twice(pool: ConnectionPool) -> tuple[str, int]:
        pool.timeout = 0.3 if answer is Misbehaviour.HANG else PATIENT
        failed = await failure(pool)
        pool.timeout = PATIENT
        return failed, (await post(pool)).status

    with Scripted(answer) as server:
        assert using(server, twice, connections=1) == (reason, 200)
        assert server.requests == 2  # the failed one was not sent again by itself


def test_a_server_that_is_not_there_is_a_named_failure() -> None:
    with Scripted() as server:
        pass
    assert using(server, failure) == "connect"


def test_a_line_that_the_server_closed_is_opened_anew() -> None:
    async def twice(pool: ConnectionPool) -> list[int]:
        return [(await post(pool)).status, (await post(pool)).status]

    with Scripted(Reply(200, b"bye", {"Connection": "close"})) as server:
        assert using(server, twice, connections=1) == [200, 200]
        assert server.opened == 2


def test_a_redirect_is_an_answer_like_any_other() -> None:
    with Scripted(Reply(307, b"", {"Location": "http://127.0.0.1:1/"})) as server:
        assert using(server, post).status == 307
        assert server.requests == 1


def test_a_cancelled_request_leaves_no_answer_for_the_next() -> None:
    async def cancelled_then_next(pool: ConnectionPool) -> bytes:
        task = asyncio.create_task(post(pool))
        while not server.requests:  # noqa: ASYNC110 - counted in the server's own thread
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return (await post(pool)).body

    with Scripted(Reply(200, b"late", delay=1.0), Reply(200, b"mine")) as server:
        assert using(server, cancelled_then_next, connections=1) == b"mine"


def test_who_stops_waiting_for_a_line_does_not_keep_it() -> None:
    async def give_up(pool: ConnectionPool) -> int:
        async with pool.connection():
            waiting = asyncio.create_task(post(pool))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.sleep(0.01)
        return (await asyncio.wait_for(post(pool), PATIENT)).status

    with Scripted() as server:
        assert using(server, give_up, connections=1) == 200


def test_tls_is_checked(tmp_path: Path) -> None:
    served, trusted = self_signed(tmp_path)
    with Scripted(tls=served) as server:
        assert using(server, post, tls=trusted).body == b"ok"
        assert using(server, failure) == "connect"  # nobody vouches for it


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [("120", 120, 120), ("0", 0, 0), ("DATE", 55, 60), ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0)],
)
def test_retry_after_is_seconds_or_a_date(value: str, least: float, most: float) -> None:
    if value == "DATE":
        value = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    response = Response(429, f"HTTP/1.1 429 x\r\nRetry-After: {value}".encode(), b"")
    wait = response.retry_after()
    assert wait is not None
    assert least <= wait <= most


@pytest.mark.parametrize("value", ["soon", "-5", "1e9", "", "99999999999999"])
def test_a_retry_after_that_says_nothing_is_none(value: str) -> None:
    assert Response(429, f"HTTP/1.1 429 x\r\nRetry-After: {value}".encode(), b"").retry_after() is None


def test_a_name_that_no_resolver_takes_is_no_answer() -> None:
    async def run() -> str:
        pool = ConnectionPool("https://" + "a" * 64 + ".example.org", connections=1, timeout=PATIENT)
        return await failure(pool)

    assert asyncio.run(run()) == "connect"


def test_who_waits_when_the_pool_is_closed_hears_of_it() -> None:
    async def closed_meanwhile(pool: ConnectionPool) -> str:
        waiting = asyncio.create_task(failure(pool))
        await asyncio.to_thread(server.asked.wait)
        pool.close()
        return await waiting

    with Scripted(Misbehaviour.HANG) as server:
        assert using(server, closed_meanwhile) == "closed"
