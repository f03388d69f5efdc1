"""The panel as a Flask application: mounted at /admin, signed-in staff only, default deny."""

from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask import session as browser
from flask_wtf import CSRFProtect

from admin import assets, errors, formats, session, words
from admin.back import this_page
from admin.desk import desk
from admin.views import account, alerts, audit, home, sign_in, staff, tips, wards
from backend.config import settings
from backend.permissions import NOBODY, Action, can
from web import headers, languages
from web.transaction import TransactionalFlask

TRANSLATIONS = Path(__file__).parent / "translations"
ONE_YEAR = 31_536_000
MODULES = (home, sign_in, tips, alerts, staff, account, wards, audit)


def create_app() -> Flask:
    """The panel, ready to be mounted under its prefix."""
    policy = headers.PAGES.allowing(img_src=headers.tiles_source(settings().map_tiles_url))
    app = TransactionalFlask("admin", root_path=str(Path(__file__).parent), policy=policy)
    session.configure(app)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = ONE_YEAR  # names of built files carry their hash
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session: a long-open reply must not be lost
    CSRFProtect(app)
    languages.install(app, TRANSLATIONS)
    app.before_request(_prefer_language)
    app.actor_loader(session.load_actor)
    for module in MODULES:
        app.register_blueprint(module.blueprint)
    errors.install(app)
    _dress(app)
    app.after_request(_keep_private)
    return app


def _prefer_language() -> None:
    languages.prefer(browser.get("language"))


def _dress(app: Flask) -> None:
    """What every template has at hand."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        moment=formats.moment_words,
        short_moment=formats.short_moment,
        full_moment=formats.full_moment,
        time_of_day=formats.time_of_day,
        day=formats.day,
        short_day=formats.short_day,
        hour=formats.hour_words,
        short_hour=formats.short_hour,
        number=formats.number,
        share=formats.share,
        initials=formats.initials,
        given_name=formats.given_name,
        face_tone=formats.face_tone,
        tip_number=lambda number: f"{number:04d}",
        short_hash=lambda digest: f"{digest[:4]}-{digest[4:8]}",
        areas_are_numbered=lambda areas: all(area.name.split()[-1].isdigit() for area in areas),
    )
    app.jinja_env.globals.update(
        due_words=formats.due_words,
        place=formats.place,
        words=words,
        icon=assets.icon,
        logo=assets.logo,
        this_page=this_page,
    )
    # macros that every page uses: loaded once, they need nothing of a request but what they are given
    app.jinja_env.globals["marks"] = app.jinja_env.get_template("parts/marks.html").module
    app.jinja_env.globals["fields"] = app.jinja_env.get_template("parts/fields.html").module

    @app.context_processor
    def surroundings() -> dict[str, Any]:
        actor = g.get("actor", NOBODY)
        return {
            "assets": assets.assets(),
            "language": languages.language(),
            "actor": actor,
            "desk": desk(),
            "can": lambda action, row=None: can(actor, Action(action), row),
        }


def _keep_private(response: Any) -> Any:
    """Pages of the panel stay in no cache; the origin is told to our own pages, which the CSRF check needs."""
    if request.endpoint != "static" or response.status_code >= 400:  # the page of an error shows the desk too
        response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
