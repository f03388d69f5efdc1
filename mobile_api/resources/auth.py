"""Signing in with a phone and a one-time code; the phones on which one is signed in."""

from typing import Any
from uuid import UUID

from flask import g

from backend.accounts import commands, queries
from backend.errors import NotFound
from mobile_api.blueprint import Blueprint
from mobile_api.schemas.auth import OtpRequest, OtpSent, SessionList, SignedIn, SignIn
from web.languages import language
from web.limits import limit_network

blueprint = Blueprint("auth", __name__, description="Signing in with a phone and a one-time code")

NO_STORE = {"Cache-Control": "no-store"}
SIGNED_IN = [{"bearer": []}]


@blueprint.post("/auth/otp")
@blueprint.arguments(OtpRequest)
@limit_network("otp")
@blueprint.response(202, OtpSent)
@blueprint.alt_response(429, "TOO_MANY_REQUESTS")
def request_code(body: dict[str, Any]) -> Any:
    """Ask for a one-time code by SMS

    The answer is the same whether or not the phone has an account.
    """
    return commands.request_code(g.session, g.actor, **body, language=language()), NO_STORE


@blueprint.post("/auth/sessions")
@limit_network("sign_in")
@blueprint.arguments(SignIn)
@blueprint.response(201, SignedIn)
@blueprint.alt_response(401, "UNAUTHORIZED")
@blueprint.alt_response(429, "TOO_MANY_REQUESTS")
def open_session(body: dict[str, Any]) -> Any:
    """Sign in with the code

    The first time makes the account. A code works once and may be tried five times.
    """
    opened = commands.open_session(g.session, g.actor, **body, language=language())
    me = queries.read_me(g.session, opened.actor)
    return {"token": opened.token, "expires_at": opened.session.expires_at, "resident": me}, NO_STORE


@blueprint.get("/auth/sessions")
@blueprint.doc(security=SIGNED_IN)
@blueprint.response(200, SessionList)
@blueprint.alt_response(401, "UNAUTHORIZED")
def list_sessions() -> Any:
    """The phones on which I am signed in"""
    return {"items": queries.list_own_sessions(g.session, g.actor)}, NO_STORE


@blueprint.delete("/auth/sessions/<session_id>")
@blueprint.doc(security=SIGNED_IN)
@blueprint.response(204)
@blueprint.alt_response(401, "UNAUTHORIZED")
@blueprint.alt_response(404, "NOT_FOUND")
def end_session(session_id: str) -> None:
    """Sign out of one phone

    `session_id` may be "current".
    """
    commands.end_session(g.session, g.actor, session_id=_session_id(session_id))


def _session_id(text: str) -> UUID | None:
    try:
        return None if text == "current" else UUID(text)
    except ValueError:
        raise NotFound() from None
