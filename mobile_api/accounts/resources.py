"""Residents: signing in with a phone and a one-time code, the own account, and all that is held about it."""

from typing import Any
from uuid import UUID

from flask import g

from backend.accounts import commands, queries
from backend.errors import NotFound
from backend.own_data import commands as own_data
from mobile_api.accounts.schemas import (
    ME_EXAMPLE,
    HeldData,
    Me,
    MeIn,
    OtpRequest,
    OtpSent,
    SessionList,
    SignedIn,
    SignIn,
)
from mobile_api.shell.blueprint import Blueprint
from web.languages import language
from web.transaction import writes

auth = Blueprint("auth", __name__, description="Signing in with a phone and a one-time code")
me = Blueprint("me", __name__, description="A resident's own account")

AS_FILE = {"Content-Disposition": 'attachment; filename="binh-yen.json"'}


@auth.post("/auth/otp")
@auth.arguments(OtpRequest)
@auth.limited("otp")  # after reading: what cannot be read costs the network no code
@auth.response(202, OtpSent)
def request_code(body: dict[str, Any]) -> Any:
    """Ask for a one-time code by SMS

    The answer is the same whether or not the phone has an account.
    """
    return commands.request_code(g.session, g.actor, **body, language=language())


@auth.post("/auth/sessions")
@auth.limited("sign_in")
@auth.arguments(SignIn)
@auth.response(201, SignedIn)
@auth.alt_response(401, "UNAUTHORIZED")
def open_session(body: dict[str, Any]) -> Any:
    """Sign in with the code

    The first time makes the account. A code works once and may be tried five times.
    """
    opened = commands.open_session(g.session, g.actor, **body, language=language())
    resident = queries.read_me(g.session, opened.actor)
    return {"token": opened.token, "expires_at": opened.session.expires_at, "resident": resident}


@auth.get("/auth/sessions")
@auth.signed_in
@auth.response(200, SessionList)
def list_sessions() -> Any:
    """The phones on which I am signed in"""
    return {"items": queries.list_own_sessions(g.session, g.actor)}


@auth.delete("/auth/sessions/<session_id>")
@auth.signed_in
@auth.response(204)
@auth.alt_response(404, "NOT_FOUND")
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


@me.get("/me")
@me.signed_in
@me.response(200, Me)
def read_me() -> Any:
    """My account"""
    return queries.read_me(g.session, g.actor)


@me.put("/me")
@me.signed_in
@me.arguments(MeIn, example=ME_EXAMPLE)
@me.response(200, Me)
def update_me(body: dict[str, Any]) -> Any:
    """Change my name, language or home

    What is absent stays; null takes it away. Another ward takes the residential group away.
    """
    commands.update_me(g.session, g.actor, **body)
    return queries.read_me(g.session, g.actor)


@me.delete("/me")
@me.signed_in
@me.response(204)
def delete_me() -> None:
    """Delete my account

    With its sessions and devices, at once and for good. Tips stay: they are not known to be anybody's.
    """
    own_data.delete_me(g.session, g.actor)


@me.get("/me/export")
@writes
@me.signed_in
@me.response(200, HeldData)
def export_me() -> Any:
    """Everything that is held about me, as a file"""
    return own_data.export_me(g.session, g.actor), AS_FILE
