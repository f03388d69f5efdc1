"""A resident's own account: read, change, take along, delete."""

from typing import Any

from flask import g

from backend.accounts import commands, queries
from backend.own_data import commands as own_data
from mobile_api.blueprint import Blueprint
from mobile_api.schemas.me import HeldData, Me, MeIn
from web.transaction import writes

blueprint = Blueprint("me", __name__, description="A resident's own account")

NO_STORE = {"Cache-Control": "no-store"}
AS_FILE = {**NO_STORE, "Content-Disposition": 'attachment; filename="binh-yen.json"'}
SIGNED_IN = [{"bearer": []}]


@blueprint.get("/me")
@blueprint.doc(security=SIGNED_IN)
@blueprint.response(200, Me)
@blueprint.alt_response(401, "UNAUTHORIZED")
def read_me() -> Any:
    """My account"""
    return queries.read_me(g.session, g.actor), NO_STORE


@blueprint.put("/me")
@blueprint.doc(security=SIGNED_IN)
@blueprint.arguments(MeIn, example={"ward_code": "99001", "area_id": None})
@blueprint.response(200, Me)
@blueprint.alt_response(401, "UNAUTHORIZED")
def update_me(body: dict[str, Any]) -> Any:
    """Change my name, language or home

    What is absent stays; null takes it away. Another ward takes the residential group away.
    """
    commands.update_me(g.session, g.actor, **body)
    return queries.read_me(g.session, g.actor), NO_STORE


@blueprint.delete("/me")
@blueprint.doc(security=SIGNED_IN)
@blueprint.response(204)
@blueprint.alt_response(401, "UNAUTHORIZED")
def delete_me() -> None:
    """Delete my account

    With its sessions and devices, at once and for good. Tips stay: they are not known to be anybody's.
    """
    own_data.delete_me(g.session, g.actor)


@blueprint.get("/me/export")
@writes
@blueprint.doc(security=SIGNED_IN)
@blueprint.response(200, HeldData)
@blueprint.alt_response(401, "UNAUTHORIZED")
def export_me() -> Any:
    """Everything that is held about me, as a file"""
    return own_data.export_me(g.session, g.actor), AS_FILE
