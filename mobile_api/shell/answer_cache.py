"""Public answers kept ready as bytes and served before Flask's machinery; a change is seen within two seconds.

The cache knows no feature. A room declares each kind of its public answers beside its views, where the app finds it:

    FEED = PublicAnswers("feed", requests=(r"/alerts\\?ward=[0-9]{5}",), versions=feed.feed_versions)

and a view of such an answer returns `answer, FEED.kept_for(ward_id, version=…, until=…)`. An answer belongs to a scope
(here the ward) and to the version of that scope that the view has read in the answer's own transaction. While somebody
asks for answers of a kind, each process asks the database once a second for the versions of all its scopes, one number
each, and an answer of an older version is made anew. Whatever a transaction changes in such an answer it must therefore
count in the scope's version. Only the database's order of commits decides, no clock, so no change can be missed between
two such questions.
"""

import gzip
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import structlog
from flask import request

from backend import clock
from backend.db import unit_of_work
from web.outages import is_outage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TERMS = "binhyen.terms"
CHECK_SECONDS = 1.0
LATE_SECONDS = 0.5
MAX_AGE_SECONDS = 300.0  # for what no version counts: the names of wards and areas
MAX_BYTES = 96 * 1024 * 1024
HEADERS_BYTES = 3 * 1024  # of an answer beside its body: thousands of empty feeds also take up memory
MIN_ZIPPED_BYTES = 1024
PER_REQUEST_HEADERS = frozenset({"x-reference", "set-cookie", "content-length", "date"})

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
Key = tuple[str, str, str]

log = structlog.get_logger()


@dataclass(frozen=True)
class PublicAnswers:
    """One kind of public answers. Whoever asks for them, signed in or not, gets the same.

    `requests`: patterns of path and query ("/alerts?ward=99001") in exactly the spelling that is kept; any other one
    goes to its view, so that strangers cannot fill the memory with spellings. `versions`: the present version of every
    scope that has one; a scope without counts as 0. `max_age`: for how many seconds browsers and proxies may keep it.
    """

    name: str
    requests: Sequence[str]
    versions: "Callable[[Session], Mapping[str, int]]"
    max_age: int = 1

    def kept_for(self, scope: str, *, version: int, until: datetime | None = None) -> dict[str, str]:
        """Let the present answer be kept; returns the headers that say so. To be called by its view.

        `version`: of `scope`, read with the answer. `until`: when the answer stops being true by itself, if ever.
        """
        request.environ[TERMS] = Terms(self.name, scope, version, until)
        return {"Cache-Control": f"public, max-age={self.max_age}"}


@dataclass(frozen=True)
class Terms:
    """What a view says of its answer: see PublicAnswers.kept_for."""

    kind: str
    scope: str
    version: int
    until: datetime | None


def read_versions(kind: PublicAnswers) -> Mapping[str, int]:
    """The versions of all scopes, read in a transaction of its own."""
    with unit_of_work(read_only=True) as session:
        return kind.versions(session)


class VersionWatch:
    """The versions of one kind as this process knows them: at most CHECK_SECONDS old, a little more while one asks."""

    def __init__(self, kind: PublicAnswers) -> None:
        self._kind = kind
        self._versions: Mapping[str, int] = {}
        self._next_check = 0.0
        self._checking = threading.Lock()

    def version_of(self, scope: str) -> int:
        """The version of which an answer must at least be."""
        return self._versions.get(scope, 0)

    def refresh(self) -> None:
        """Ask the database if it is time; while one thread asks, the others go on with what is known unless late."""
        now = time.monotonic()
        if now < self._next_check:
            return
        if not self._checking.acquire(blocking=now > self._next_check + LATE_SECONDS):
            return
        try:
            if time.monotonic() >= self._next_check:  # else another thread has asked while this one waited
                self._ask()
        finally:
            self._checking.release()

    def _ask(self) -> None:
        asked_at = time.monotonic()
        try:
            self._versions = read_versions(self._kind)
        except Exception as error:
            if not is_outage(error):
                raise
            # an old answer is better than none
            log.warning("versions_unknown", kind=self._kind.name, exc_info=error)
        self._next_check = asked_at + CHECK_SECONDS


@dataclass(slots=True)
class Answer:
    """One kept answer. `stale_at` is read from the monotonic clock, the terms' `until` from the domain's."""

    watch: VersionWatch
    terms: Terms
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    stale_at: float
    zipped: bytes | None = None

    @property
    def weight(self) -> int:
        """About how many bytes it takes up; its compressed form is counted as if it were there already."""
        return HEADERS_BYTES + len(self.body) * 5 // 4

    def is_current(self) -> bool:
        """Whether it may still be given out."""
        terms = self.terms
        self.watch.refresh()
        if terms.version < self.watch.version_of(terms.scope) or time.monotonic() >= self.stale_at:
            return False
        return terms.until is None or clock.now() < terms.until


class AnswerCache:
    """WSGI middleware in front of the API."""

    def __init__(self, app: Application, kinds: Sequence[PublicAnswers]) -> None:
        self.app = app
        self.kinds = kinds
        self._keepable = re.compile("|".join(pattern for kind in kinds for pattern in kind.requests))
        self._watches = {kind.name: VersionWatch(kind) for kind in kinds}
        self._answers: dict[Key, Answer] = {}
        self._bytes = 0
        self._storing = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            return self.app(environ, start_response)
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        key = (environ.get("wsgi.url_scheme", "http"), path, query)
        answer = self._answers.get(key)
        if answer is not None and answer.is_current():
            return _reply(answer, environ, start_response)
        if not self._keepable.fullmatch(f"{path}?{query}" if query else path):
            return self.app(environ, start_response)
        return self._make(key, environ, start_response)

    def _make(self, key: Key, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
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
        terms: Terms | None = environ.get(TERMS)
        if not status.startswith("200") or terms is None:
            start_response(status, headers)
            return [body]
        kept = [(name, value) for name, value in headers if name.lower() not in PER_REQUEST_HEADERS]
        etag = f'"{sha256(body).hexdigest()[:20]}"'
        kept += [("ETag", etag), ("Vary", "Accept-Encoding")]
        answer = Answer(self._watches[terms.kind], terms, kept, body, etag, asked_at + MAX_AGE_SECONDS)
        self._keep(key, answer)
        return _reply(answer, environ, start_response)

    def _keep(self, key: Key, answer: Answer) -> None:
        with self._storing:
            self._drop(key)
            self._answers[key] = answer
            self._bytes += answer.weight
            while self._bytes > MAX_BYTES:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Key) -> None:
        gone = self._answers.pop(key, None)
        if gone is not None:
            self._bytes -= gone.weight


def _reply(answer: Answer, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    if answer.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        unchanged = [(name, value) for name, value in answer.headers if name.lower() != "content-type"]
        start_response("304 Not Modified", unchanged)
        return [b""]
    body, headers = answer.body, answer.headers
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and len(body) >= MIN_ZIPPED_BYTES:
        body = answer.zipped = answer.zipped or gzip.compress(body, 5, mtime=0)
        headers = [*headers, ("Content-Encoding", "gzip")]
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]
