"""The API's documentation page and its machine-readable description."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, send_from_directory, url_for

from backend.errors import NotFound
from mobile_api.shell.openapi import document
from web import headers
from web.transaction import detached

blueprint = Blueprint("docs", __name__)

ASSETS = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})


@lru_cache(maxsize=1)
def _viewer() -> Path:
    """The folder in which the wheel has put Swagger UI."""
    found = find_spec("flask_swagger_ui")
    if found is None or found.origin is None:
        raise RuntimeError("the package flask-swagger-ui is not installed")
    return Path(found.origin).parent / "dist"


@blueprint.get("/openapi.json")
@detached
def openapi_json() -> Response:
    """The description, as generators and viewers read it."""
    text = json.dumps(document(current_app.extensions["openapi"]), ensure_ascii=False)
    return Response(text, content_type="application/json", headers={"Cache-Control": "public, max-age=60"})


@blueprint.get("/docs")
@detached
def page() -> Response:
    """The description for people."""
    response = current_app.make_response(render_template("docs.html", description=url_for("docs.openapi_json")))
    response.headers["Content-Security-Policy"] = str(headers.PAGES)
    return response


@blueprint.get("/docs/<name>")
@detached
def asset(name: str) -> Response:
    """A file of the viewer."""
    if name not in ASSETS:
        raise NotFound()
    return send_from_directory(_viewer(), name, max_age=86400)
