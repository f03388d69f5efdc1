"""The API's Flask app: every blueprint of mobile_api.resources, bearer tokens, problems, description."""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

import mobile_api.resources
from backend.accounts.queries import resident_by_token
from backend.errors import SignInRequired
from backend.permissions import NOBODY, Actor
from mobile_api import docs
from mobile_api.feed_cache import FeedCache
from mobile_api.openapi import describe_api, document
from mobile_api.problems import init_problems
from web import languages
from web.transaction import TransactionalFlask

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def create_app() -> Flask:
    """The API as a WSGI app, to be mounted at /api/v1."""
    app = TransactionalFlask("mobile_api", static_url_path="/static")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.compact = True  # type: ignore[attr-defined]
    app.actor_loader(load_actor)
    languages.install(app)
    init_problems(app)
    api = describe_api(app)
    app.extensions["openapi"] = api
    for module in iter_modules(mobile_api.resources.__path__, "mobile_api.resources."):
        api.register_blueprint(import_module(module.name).blueprint)
    app.register_blueprint(docs.blueprint)
    app.after_request(_keep_private)
    app.wsgi_app = FeedCache(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _keep_private(response: Response) -> Response:
    """What does not say that it may be kept stays in no cache: most answers are one person's."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def openapi_document() -> dict[str, Any]:
    """The API's description (OpenAPI 3.1)."""
    return document(create_app().extensions["openapi"])


def load_actor(session: "Session") -> Actor:
    """Who sends the request: nobody without a token; SignInRequired when the token is not known (any more)."""
    header = request.headers.get("Authorization", "")
    if not header:
        return NOBODY
    scheme, _, token = header.partition(" ")
    actor = resident_by_token(session, token.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        raise SignInRequired()
    return actor
