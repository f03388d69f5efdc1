"""One request: one transaction, one actor."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.routing import RequestRedirect

from backend.db import unit_of_work
from backend.permissions import NOBODY, Actor
from web import headers, languages, logs
from web.request import InMemoryRequest, bound_bodies, set_body_limit

View = TypeVar("View", bound=Callable[..., Any])
ActorLoader = Callable[[Session], Actor]
READS = frozenset({"GET", "HEAD", "OPTIONS"})


def writes(view: View) -> View:
    """Mark a GET view that records something (who opened a tip): its transaction may write."""
    view.writes = True  # type: ignore[attr-defined]
    return view


def detached(view: View) -> View:
    """Mark a view that needs neither database nor actor."""
    view.detached = True  # type: ignore[attr-defined]
    return view


class TransactionalFlask(Flask):
    """Flask whose views run inside `unit_of_work`, with `g.session` and `g.actor`.

    The response is made inside the transaction and leaves after the commit; any exception rolls back, and error
    handlers run without a session. GET and HEAD are read-only unless the view is marked `@writes`.
    """

    request_class = InMemoryRequest

    def __init__(self, *args: Any, policy: headers.Policy = headers.API, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._load_actor: ActorLoader = lambda session: NOBODY
        bound_bodies(self)
        logs.install(self)
        headers.install(self, policy)

    def actor_loader(self, load: ActorLoader) -> ActorLoader:
        """Register how the actor is found: called before the view, with a session of its own that only reads."""
        self._load_actor = load
        return load

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """Redirect an address without its last slash to a path of this site, whatever host the request names."""
        found = request.routing_exception
        if isinstance(found, RequestRedirect):
            found.new_url = urlsplit(found.new_url)._replace(scheme="", netloc="").geturl()
        super().raise_routing_exception(request)

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view in its transaction."""
        if request.routing_exception is not None:
            self.raise_routing_exception(request)
        set_body_limit(self._marked("max_body"))
        g.actor = NOBODY
        if request.endpoint == "static" or self._marked("detached"):
            return super().dispatch_request()
        # in a transaction that ends before the view reads the body: a slow phone must keep no connection waiting
        with unit_of_work(read_only=True) as session:
            g.actor = self._load_actor(session)
        languages.prefer(g.actor.language if g.actor is not NOBODY else None)
        with self._unit_of_work() as session:
            g.session = session
            try:
                return self.make_response(super().dispatch_request())
            finally:
                g.pop("session")

    def _unit_of_work(self) -> AbstractContextManager[Session]:
        return unit_of_work(read_only=request.method in READS and not self._marked("writes"))

    def _marked(self, name: str) -> Any:
        """What a decorator has written on the view, or on the method of its class."""
        view = self.view_functions[request.endpoint or ""]
        holder = getattr(view, "view_class", None)
        method = getattr(holder, request.method.lower(), None) or (
            getattr(holder, "get", None) if request.method == "HEAD" else None
        )
        return getattr(method, name, None) or getattr(view, name, None)
