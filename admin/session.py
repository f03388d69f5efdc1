"""The browser's side of a staff session: one cookie that holds the token, and nothing of it on the server in clear.

The same token opens the officer's private key (it is sealed under it), so it is told to nobody else: not to scripts,
not to other sites, over HTTPS only where the site has it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from backend.config import settings
from backend.crypto.derive import server_key
from backend.errors import SignInRequired
from backend.permissions import NOBODY, Actor
from backend.staff import known_browsers
from backend.staff.sign_in import staff_by_session

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ROOT = "/admin"
PUBLIC = frozenset({"home.start", "account.choose_language"})
SIGN_IN = "sign_in."
# refreshed by the page itself, whether or not anybody is there
REFRESHED = frozenset({"alerts.reach", "tips.news"})
KNOWN_FOR = timedelta(days=400)  # as long as browsers keep any cookie; each sign-in begins it anew


def is_secure() -> bool:
    """Whether the site is reached over HTTPS."""
    return settings().public_url.startswith("https://")


def cookie_name(base: str) -> str:
    """With HTTPS the name binds the cookie to this very host (`__Host-`), which no neighbouring host can overwrite."""
    return f"__Host-{base}" if is_secure() else base


def cookie_path() -> str:
    """A `__Host-` cookie belongs to the whole host by its definition; any other one to the panel alone."""
    return "/" if is_secure() else ROOT


def configure(app: Flask) -> None:
    """Set up Flask's own signed cookie, which carries the CSRF token, messages and the language."""
    app.config.update(
        SECRET_KEY=server_key("panel-cookie"),
        APPLICATION_ROOT=ROOT,
        SESSION_COOKIE_NAME=cookie_name("binhyen_panel"),
        SESSION_COOKIE_PATH=cookie_path(),
        SESSION_COOKIE_SECURE=is_secure(),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )


def token() -> str:
    """The token that the browser has sent, empty when it has none."""
    return request.cookies.get(cookie_name("binhyen_staff"), "")


def keep_token(response: Response, value: str) -> Response:
    """Hand the browser a new token, for as long as it stays open."""
    response.set_cookie(
        cookie_name("binhyen_staff"), value, path=cookie_path(), secure=is_secure(), httponly=True, samesite="Strict"
    )
    return response


def drop_token(response: Response) -> Response:
    """Take the token away from the browser."""
    response.delete_cookie(
        cookie_name("binhyen_staff"), path=cookie_path(), secure=is_secure(), httponly=True, samesite="Strict"
    )
    return response


def known_browser() -> str:
    """What this browser brings to be recognised by accounts that have been used in it, empty when it has nothing."""
    return request.cookies.get(cookie_name("binhyen_browser"), "")


def open_here(response: Response, value: str) -> Response:
    """Hand the browser the token of a session that is open now, and let the account know this browser again."""
    response.set_cookie(
        cookie_name("binhyen_browser"),
        known_browsers.remember(g.session, token=value, cookie=known_browser()),
        max_age=KNOWN_FOR,
        path=cookie_path(),
        secure=is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return keep_token(response, value)


def load_actor(session: "Session") -> Actor:
    """Who sends the request. Raises SignInRequired for every page that is not of the way in: default deny."""
    endpoint = request.endpoint or ""
    actor = staff_by_session(session, token(), is_use=endpoint not in REFRESHED) if token() else None
    if actor is None and endpoint not in PUBLIC and not endpoint.startswith(SIGN_IN):
        raise SignInRequired()
    return actor or NOBODY
