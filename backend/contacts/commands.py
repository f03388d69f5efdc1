"""Changing what a ward tells about how it can be reached."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from backend import audit, clock
from backend.access import access
from backend.contacts import rules
from backend.contacts.models import WardContacts
from backend.contacts.rules import Contacts
from backend.permissions import Action, Actor
from backend.wards.models import Ward


def set_contacts(session: Session, actor: Actor, *, contacts: Contacts) -> WardContacts:
    """Tell residents how the actor's ward can be reached; what is None is no longer told.

    The log keeps which fields changed. Raises NotPermitted and the errors of `rules.checked`.
    """
    ward = access(session, actor, Action.CONTACTS_SET, Ward, actor.ward_id)
    wanted = asdict(rules.checked(contacts))
    row = session.get(WardContacts, ward.code) or WardContacts(ward_id=ward.code)
    changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
    if changed:
        for name in changed:
            setattr(row, name, wanted[name])
        row.updated_at, row.updated_by = clock.now(), actor.id
        session.add(row)
        audit.record(
            session, actor, "contacts.set", ward_id=ward.code, subject_type="contacts", subject_id=ward.code,
            details={"changed": changed},
        )  # fmt: skip
    return row
