"""Public answers kept ready as bytes, served before Flask's machinery; a publication is seen within two seconds.

A view says that its answer may be kept by putting Terms into the WSGI environment: the ward and its feed's version.
Each process asks the database once a second for the versions of all wards (one number each); an answer of an older
version is made anew. No clock but the database's order of commits decides, so nothing can fall between two questions.
"""

import gzip
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog

from backend import clock
from backend.alerts.feed import feed_versions
from backend.db import unit_of_work
from web.outages import is_outage

TERMS = "binhyen.terms"
PATH = re.compile(r"/alerts(?:/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?")
QUERY = re.compile(r"(?:ward=[0-9]{5}(?:&limit=[0-9]{1,2})?)?")
CHECK_EVERY = 1.0
LATE = 0.5
LONGEST_KEPT = 300.0  # for what has no version: the names of wards and areas
MOST_BYTES = 96 * 1024 * 1024
HEADERS_BYTES = 3 * 1024  # what an answer weighs beside its body: thousands of empty feeds are not for nothing
SMALLEST_ZIPPED = 1024
PER_REQUEST = frozenset({"x-reference", "set-cookie", "content-length", "date"})

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

log = structlog.get_logger()


@dataclass(frozen=True)
class Terms:
    """The ward, the version of its feed that was read, and the moment at which an answer stops being true by itself."""

    ward_id: str
    version: int
    until: datetime | None = None


@dataclass(slots=True)
class Answer:
    """One kept answer; `dies_at` by the monotonic clock, `until` by the domain's."""

    terms: Terms
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    dies_at: float
    zipped: bytes | None = None

    @property
    def weight(self) -> int:
        """About how many bytes it takes up; its compressed form is counted as if it were there already."""
        return HEADERS_BYTES + len(self.body) * 5 // 4


def read_versions() -> Mapping[str, int]:
    """The versions of all feeds, read in a transaction of its own."""
    with unit_of_work(read_only=True) as session:
        return feed_versions(session)


class FeedCache:
    """WSGI middleware in front of the API. Whoever asks, signed in or not, gets the same public answer."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self._answers: dict[tuple[str, str, str], Answer] = {}
        self._bytes = 0
        self._storing = threading.Lock()
        self._checking = threading.Lock()
        self._versions: Mapping[str, int] = {}
        self._next_check = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] != "GET" or not PATH.fullmatch(path) or not QUERY.fullmatch(query):
            return self.app(environ, start_response)
        self._check_versions()
        key = (environ.get("wsgi.url_scheme", "http"), path, query)
        answer = self._answers.get(key)
        if answer is not None and self._holds(answer):
            return self._reply(answer, environ, start_response)
        return self._ask(key, environ, start_response)

    def _holds(self, answer: Answer) -> bool:
        if answer.terms.version < self._versions.get(answer.terms.ward_id, 0) or time.monotonic() >= answer.dies_at:
            return False
        return answer.terms.until is None or clock.now() < answer.terms.until

    def _ask(self, key: tuple[str, str, str], environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        environ.pop("HTTP_AUTHORIZATION", None)
        asked_at = time.monotonic()
        begun: list[Any] = []
        made = self.app(environ, lambda status, headers, exc_info=None: begun.extend((status, headers)))
        try:
            body = b"".join(made)
        finally:
            if (close := getattr(made, "close", None)) is not None:
                close()
        status, headers = begun
        terms = environ.get(TERMS)
        if not status.startswith("200") or terms is None:
            start_response(status, headers)
            return [body]
        kept = [(name, value) for name, value in headers if name.lower() not in PER_REQUEST]
        etag = f'"{sha256(body).hexdigest()[:20]}"'
        kept += [("ETag", etag), ("Vary", "Accept-Encoding")]
        answer = Answer(terms, kept, body, etag, asked_at + LONGEST_KEPT)
        self._keep(key, answer)
        return self._reply(answer, environ, start_response)

    def _reply(self, answer: Answer, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if answer.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            unchanged = [(name, value) for name, value in answer.headers if name.lower() != "content-type"]
            start_response("304 Not Modified", unchanged)
            return [b""]
        body, headers = answer.body, answer.headers
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and len(body) >= SMALLEST_ZIPPED:
            body = answer.zipped = answer.zipped or gzip.compress(body, 5, mtime=0)
            headers = [*headers, ("Content-Encoding", "gzip")]
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def _keep(self, key: tuple[str, str, str], answer: Answer) -> None:
        with self._storing:
            self._drop(key)
            self._answers[key] = answer
            self._bytes += answer.weight
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: tuple[str, str, str]) -> None:
        gone = self._answers.pop(key, None)
        if gone is not None:
            self._bytes -= gone.weight

    def _check_versions(self) -> None:
        """Ask once a second; while one thread asks, the others answer from what is kept, unless it is late already."""
        now = time.monotonic()
        if now < self._next_check or not self._checking.acquire(blocking=now > self._next_check + LATE):
            return
        try:
            if time.monotonic() < self._next_check:
                return  # another thread has asked while this one waited
            asked_at = time.monotonic()
            try:
                self._versions = read_versions()
            except Exception as error:
                if not is_outage(error):
                    raise
                log.warning("feed_check_failed", exc_info=error)  # what is kept is better than nothing
            self._next_check = asked_at + CHECK_EVERY
        finally:
            self._checking.release()
