"""A small app on the shared plumbing, with a view for each promise."""

from collections.abc import Iterator

import pytest
from flask import Response, g, jsonify, request
from flask.views import MethodView
from flask_babel import gettext
from sqlalchemy import text

from backend.errors import DomainError, Kind, NotFound
from backend.permissions import NOBODY, Actor, Role
from web import headers, languages, limits
from web.limits import limit_network
from web.request import body_limit
from web.transaction import TransactionalFlask, detached, writes


class Opened(MethodView):
    @writes
    def get(self) -> str:
        g.session.execute(text("INSERT INTO notes VALUES ('opened')"))
        return "recorded"


def make_app(policy: headers.Policy = headers.PAGES) -> TransactionalFlask:
    app = TransactionalFlask("sample", static_folder=None, policy=policy)
    languages.install(app)

    @app.errorhandler(DomainError)
    def refuse(error: DomainError) -> tuple[Response, int]:
        status = {Kind.TOO_MANY: 429, Kind.NOT_FOUND: 404}.get(error.kind, 422)
        return jsonify(code=error.code, detail=languages.render_error(error), retry_after=error.retry_after), status

    @app.post("/notes")
    def write_note() -> str:
        g.session.execute(text("INSERT INTO notes VALUES (:word)"), {"word": request.args["word"]})
        if request.args.get("fail"):
            raise NotFound()
        return "kept"

    @app.get("/notes")
    def count_notes() -> dict[str, int]:
        if request.args.get("write"):
            g.session.execute(text("INSERT INTO notes VALUES ('sneaked in')"))
        return {"notes": g.session.scalar(text("SELECT count(*) FROM notes"))}

    @app.post("/upload")
    @body_limit(8 * 1024 * 1024)
    def upload() -> dict[str, int]:
        return {"bytes": sum(len(file.read()) for file in request.files.values())}

    @app.post("/small")
    def small() -> dict[str, int]:
        return {"bytes": len(request.get_data())}

    @app.post("/limited")
    @limit_network("receipts")
    def limited() -> str:
        g.session.execute(text("SELECT 1/0"))
        return ""

    @app.get("/who")
    def who() -> dict[str, str]:
        return {"kind": g.actor.kind, "language": languages.language(), "text": gettext("Yêu cầu chưa đúng")}

    @app.get("/plain")
    @detached
    def plain() -> dict[str, bool]:
        return {"session": "session" in g}

    app.add_url_rule("/opened", view_func=Opened.as_view("opened"))

    @app.actor_loader
    def load(session: object) -> Actor:
        wanted = request.headers.get("X-Test-Language")
        return Actor(kind="staff", role=Role.OFFICER, language=wanted) if wanted else NOBODY

    return app


@pytest.fixture(autouse=True)
def _no_counts_left() -> Iterator[None]:
    limits.reset()
    yield
    limits.reset()
