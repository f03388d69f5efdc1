"""How a ward's police can be reached. Public."""

from typing import Any

from flask import g

from backend.contacts import queries
from mobile_api.contacts.schemas import CONTACTS_EXAMPLE, Contacts
from mobile_api.shell.blueprint import Blueprint

blueprint = Blueprint("contacts", __name__, description="How a ward's police can be reached, public")

# short: a changed number is seen within a minute
PUBLIC = {"Cache-Control": "public, max-age=60"}


@blueprint.get("/wards/<code>/contacts")
@blueprint.response(200, Contacts, example=CONTACTS_EXAMPLE)
@blueprint.alt_response(404, "NOT_FOUND")
def read_contacts(code: str) -> Any:
    """How a ward's police can be reached

    Duty telephone, address, hours and a line of greeting, for what is no emergency. A ward that has told nothing yet
    answers with null in every field.
    """
    return queries.read_contacts(g.session, g.actor, ward_code=code), PUBLIC
