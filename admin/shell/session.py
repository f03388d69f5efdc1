"""The browser's side of a staff session: one cookie holds the token, and the server stores nothing of it in clear.

The same token opens the officer's private key (which is sealed under it). So it goes nowhere else: not to scripts, not
to other sites, and over HTTPS only where the site has HTTPS.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, current_app, g, request

from backend import crypto
from backend.config import settings
from backend.errors import SignInRequired
from backend.permissions import NOBODY, Actor
from backend.staff import known_browsers
from backend.staff.sign_in import staff_by_session

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

View = TypeVar("View", bound=Callable[..., Any])

ROOT = "/admin"
SIGN_IN = "sign_in"  # the blueprint whose pages lead into a session
BROWSER_IS_KNOWN_FOR = timedelta(days=400)  # as long as browsers keep any cookie; each sign-in starts it again


def public(view: View) -> View:
    """Mark a view that anybody may open; every other one needs a session."""
    view.public = True  # type: ignore[attr-defined]
    return view


def polled(view: View) -> View:
    """Mark a view that a page asks for by itself: it does not keep the session of an absent person awake."""
    view.polled = True  # type: ignore[attr-defined]
    return view


def load_actor(session: "Session") -> Actor:
    """Who sends the request. Raises SignInRequired for every view that is not marked public: default deny."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_use = not getattr(view, "polled", False)
    actor = staff_by_session(session, token(), is_use=is_use) if token() else None
    if actor is None and not getattr(view, "public", False):
        raise SignInRequired()
    return actor or NOBODY


def leads_in() -> bool:
    """Whether the request is for one of the pages of signing in."""
    return request.blueprint == SIGN_IN


def configure(app: Flask) -> None:
    """Set up Flask's own signed cookie, which carries the CSRF token, flash messages and the language."""
    current, *former = (key.secret for key in crypto.server_keys("panel-cookie"))
    app.config.update(
        SECRET_KEY=current,
        SECRET_KEY_FALLBACKS=former,
        APPLICATION_ROOT=ROOT,
        SESSION_COOKIE_NAME=_cookie_name("binhyen_panel"),
        SESSION_COOKIE_PATH=_cookie_path(),
        SESSION_COOKIE_SECURE=_is_secure(),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )


def token() -> str:
    """The token that the browser has sent, empty when it has none."""
    return request.cookies.get(_cookie_name("binhyen_staff"), "")


def set_token(response: Response, value: str) -> Response:
    """Give the browser a new token, until it is closed."""
    response.set_cookie(
        _cookie_name("binhyen_staff"), value, path=_cookie_path(), secure=_is_secure(), httponly=True, samesite="Strict"
    )
    return response


def delete_token(response: Response) -> Response:
    """Take the token away from the browser."""
    response.delete_cookie(
        _cookie_name("binhyen_staff"), path=_cookie_path(), secure=_is_secure(), httponly=True, samesite="Strict"
    )
    return response


def known_browser() -> str:
    """The cookie by which accounts recognise a browser they were used in before, empty when there is none."""
    return request.cookies.get(_cookie_name("binhyen_browser"), "")


def set_open_session(response: Response, value: str) -> Response:
    """Give the browser the token of a session that is open now, and the cookie by which the account knows it again."""
    response.set_cookie(
        _cookie_name("binhyen_browser"),
        known_browsers.remember(g.session, token=value, cookie=known_browser()),
        max_age=BROWSER_IS_KNOWN_FOR,
        path=_cookie_path(),
        secure=_is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return set_token(response, value)


def _is_secure() -> bool:
    """Whether the site is reached over HTTPS."""
    return settings().public_url.startswith("https://")


def _cookie_name(base: str) -> str:
    """With HTTPS the name binds the cookie to this very host (`__Host-`), which no neighbouring host can overwrite."""
    return f"__Host-{base}" if _is_secure() else base


def _cookie_path() -> str:
    """A `__Host-` cookie belongs to the whole host by its definition; any other one to the panel alone."""
    return "/" if _is_secure() else ROOT
