"""One address for everything: the API, the panel, health, the demo's pages, and the residents' app at the root."""

import re
from collections.abc import Iterable
from typing import Any
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Request, Response
from whitenoise import WhiteNoise

import admin.app
import mobile_api.app
from backend.config import settings
from backend.db import unit_of_work
from binhyen.built import APP, DESIGN, PANEL
from web import headers, logs

HASHED = re.compile(r"^/(assets|admin/static/dist)/[^/]+-[\w-]{8}\.\w+$")
NOT_THERE = "Không tìm thấy tệp này.\nThere is no such file.\n"
NOT_BUILT = "Ứng dụng chưa được dựng: chạy “make build”.\nThe app has not been built: run “make build”.\n"


class Files(WhiteNoise):  # type: ignore[misc]
    """The built files as they were when the server started."""

    @staticmethod
    def serve(static_file: Any, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The file; 404 when a later build has taken it away under the running server."""
        try:
            answer: Iterable[bytes] = WhiteNoise.serve(static_file, environ, start_response)
        except FileNotFoundError:
            return _answer(NOT_THERE, 404, "text/plain")(environ, start_response)
        return answer


def create_app() -> WSGIApplication:
    """Everything that is served, as one WSGI application."""
    logs.configure()
    files = [(APP, ""), (PANEL, "admin/static/")]
    mounts: dict[str, WSGIApplication] = {
        "/api/v1": mobile_api.app.create_app(),
        "/admin": admin.app.create_app(),
        "/healthz": health,
    }
    if settings().demo:
        from binhyen.demo_pages import create_demo_pages

        mounts["/demo"] = create_demo_pages()
        files.append((DESIGN, "demo/design/"))
    served = Files(
        DispatcherMiddleware(resident_app, mounts),
        immutable_file_test=lambda path, url: bool(HASHED.match(url)),
        max_age=0,
        allow_all_origins=False,
        index_file=True,
        add_headers_function=_revalidate_unhashed,
        mimetypes={".webmanifest": "application/manifest+json"},  # WhiteNoise knows it not, and browsers may not guess
    )
    for folder, prefix in files:
        if folder.is_dir():
            served.add_files(str(folder), prefix=prefix)
    policy = headers.PAGES.allowing(img_src=headers.tiles_source(settings().map_tiles_url))
    secured = headers.HeadersMiddleware(served, policy)
    proxies = settings().trusted_proxies
    return ProxyFix(secured, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else secured


def health(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """200 when the database answers, else 503."""
    try:
        with unit_of_work(read_only=True) as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return _answer('{"status":"unavailable"}\n', 503, "application/json")(environ, start_response)
    return _answer('{"status":"ok"}\n', 200, "application/json")(environ, start_response)


def resident_app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The app's one page for every address that is a screen of it; 404 for a file that is not there."""
    request = Request(environ)
    is_screen = request.method in ("GET", "HEAD") and "." not in request.path.rsplit("/", 1)[-1]
    page = APP / "index.html"
    if not is_screen:
        response = _answer(NOT_THERE, 404, "text/plain")
    elif page.is_file():
        response = _answer(page.read_text(), 200, "text/html")
    else:
        response = _answer(NOT_BUILT, 503, "text/plain")
    return response(environ, start_response)


def _answer(text: str, status: int, kind: str) -> Response:
    return Response(text, status, {"Cache-Control": "no-cache"}, content_type=f"{kind}; charset=utf-8")


def _revalidate_unhashed(sent: Headers, path: str, url: str) -> None:
    # index.html, sw.js and the manifest keep their names, so a phone must ask whether they are still the same
    if not HASHED.match(url):
        sent["Cache-Control"] = "no-cache"
