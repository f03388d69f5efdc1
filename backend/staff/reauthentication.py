"""An open session alone is not enough for some acts: the person at it shows the account's password once more.

Comparing is slow, so it comes before the transaction: the account is read and given back, compared, and when it is
locked for the act it must still be the one that was compared with.
"""

from sqlalchemy.orm import Session

from backend import crypto
from backend.access import access
from backend.db import unit_of_work
from backend.permissions import Action, Actor
from backend.staff import passwords, throttle
from backend.staff.models import Staff


def account_of(actor: Actor) -> Staff:
    """The actor's own account as it is now; no connection is held afterwards."""
    with unit_of_work(read_only=True) as session:
        return access(session, actor, Action.STAFF_SELF, Staff, actor.id, lock=False)


def compare(actor: Actor, account: Staff, password: str, *, field: str) -> None:
    """Whoever goes on has shown the password; in a passwords.turn(). Raises crypto.WrongPassword, SignInLocked.

    Counted against this session alone: it locks nobody out of the door, and nobody at the door locks it.
    """
    throttle.claim(account.username, _here(actor))
    if not passwords.matches(password, account.password_hash):
        raise crypto.WrongPassword(field=field)


def locked(session: Session, actor: Actor, compared: Staff, *, field: str) -> Staff:
    """The account that was compared with, locked; guesses before it are forgotten.

    Raises crypto.WrongPassword when it has got another password meanwhile.
    """
    staff = access(session, actor, Action.STAFF_SELF, Staff, actor.id)
    if staff.password_hash != compared.password_hash:
        raise crypto.WrongPassword(field=field)
    throttle.forget(session, staff.username, _here(actor))
    return staff


def _here(actor: Actor) -> bytes:
    return actor.session_id.bytes if actor.session_id else throttle.STRANGERS
