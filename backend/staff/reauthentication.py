"""Reauthentication: some acts need the account's password again, an open session is not enough.

Checking a password is slow, so it comes before the transaction of the act. The account is read in a short transaction
and checked; when it is locked for the act, its password must not have changed.
"""

from sqlalchemy.orm import Session

from backend import crypto
from backend.access import access
from backend.db import unit_of_work
from backend.permissions import Action, Actor
from backend.staff import passwords, throttle
from backend.staff.models import Staff


def account_of(actor: Actor) -> Staff:
    """The actor's own account, read in a transaction that is over when this returns."""
    with unit_of_work(read_only=True) as session:
        return access(session, actor, Action.STAFF_SELF, Staff, actor.id, lock=False)


def check_password(actor: Actor, account: Staff, password: str, *, field: str) -> None:
    """Check the account's password; call it within hashing_slot(). Raises crypto.WrongPassword, SignInLocked.

    Failed attempts count for this session alone: they do not lock sign-in, and failed sign-ins do not lock this.
    """
    throttle.count_attempt(account.username, _here(actor))
    if not passwords.matches(password, account.password_hash):
        raise crypto.WrongPassword(field=field)


def locked_account(session: Session, actor: Actor, checked: Staff, *, field: str) -> Staff:
    """The account whose password was checked, locked; its failed attempts are reset.

    Raises crypto.WrongPassword if its password has changed since.
    """
    staff = access(session, actor, Action.STAFF_SELF, Staff, actor.id)
    if staff.password_hash != checked.password_hash:
        raise crypto.WrongPassword(field=field)
    throttle.reset(session, staff.username, _here(actor))
    return staff


def _here(actor: Actor) -> bytes:
    return actor.session_id.bytes if actor.session_id else throttle.UNKNOWN_BROWSER
