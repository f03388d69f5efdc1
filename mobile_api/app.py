"""The API's Flask app: the rooms of all features, bearer tokens, problems, description."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

import mobile_api
from backend.accounts.queries import resident_by_token
from backend.errors import SignInRequired
from backend.permissions import NOBODY, Actor
from mobile_api.shell import docs
from mobile_api.shell.answer_cache import AnswerCache, PublicAnswers
from mobile_api.shell.blueprint import Blueprint
from mobile_api.shell.openapi import describe_api, document
from mobile_api.shell.problems import init_problems
from web import languages
from web.transaction import TransactionalFlask

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def create_app() -> Flask:
    """The API as a WSGI app, to be mounted at /api/v1."""
    app = TransactionalFlask(
        "mobile_api", static_url_path="/static", static_folder="shell/static", template_folder="shell/templates"
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.compact = True  # type: ignore[attr-defined]
    app.actor_loader(load_actor)
    languages.install(app)
    init_problems(app)
    api = describe_api(app)
    app.extensions["openapi"] = api
    declared = [value for room in rooms() for value in vars(room).values()]
    blueprints = [value for value in declared if isinstance(value, Blueprint)]
    for blueprint in sorted(blueprints, key=lambda blueprint: blueprint.name):  # which is the description's order
        api.register_blueprint(blueprint)
    app.register_blueprint(docs.blueprint)
    app.after_request(_keep_private)
    kinds = [value for value in declared if isinstance(value, PublicAnswers)]
    app.wsgi_app = AnswerCache(app.wsgi_app, kinds)  # type: ignore[method-assign]
    return app


def rooms() -> Iterator[ModuleType]:
    """The module `resources` of every feature: a new folder is found here and changes nothing else."""
    for found in iter_modules(mobile_api.__path__):
        if found.ispkg and found.name != "shell":
            yield import_module(f"mobile_api.{found.name}.resources")


def _keep_private(response: Response) -> Response:
    """An answer that does not say that it may be kept is kept nowhere: most answers are one person's."""
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
