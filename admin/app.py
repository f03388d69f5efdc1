"""The panel as a Flask application: mounted at /admin, signed-in staff only, default deny."""

from pathlib import Path

from flask import Flask, Response, request
from flask import session as browser
from flask_wtf import CSRFProtect

from admin.shell import errors, rooms, session, templating
from backend.config import settings
from web import headers, languages
from web.transaction import TransactionalFlask

FOLDER = Path(__file__).parent
ONE_YEAR = 31_536_000


def create_app() -> Flask:
    """The panel with all its rooms, ready to be mounted under its prefix."""
    policy = headers.PAGES.allowing(img_src=headers.tiles_source(settings().map_tiles_url))
    app = TransactionalFlask("admin", root_path=str(FOLDER), template_folder="shell/templates", policy=policy)
    session.configure(app)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = ONE_YEAR  # names of built files carry their hash
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: a long-open reply must not be lost
    CSRFProtect(app)
    languages.install(app, FOLDER / "translations")
    app.before_request(_prefer_language)
    app.actor_loader(session.load_actor)
    templating.install(app)
    errors.install(app)
    rooms.install(app, rooms.discover())
    app.after_request(_keep_private)
    return app


def _prefer_language() -> None:
    languages.prefer(browser.get("language"))


def _keep_private(response: Response) -> Response:
    """Pages of the panel stay in no cache; the origin is told to our own pages, which the CSRF check needs."""
    if request.endpoint != "static" or response.status_code >= 400:  # the page of an error shows the frame too
        response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
