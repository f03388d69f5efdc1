"""A resident's phone that has signed in."""

from datetime import timedelta

from sqlalchemy.orm import Session

from backend import clock, crypto
from backend.accounts.models import ResidentSession
from backend.permissions import Actor


def sign_in(session: Session, resident: Actor) -> str:
    """A bearer token of `resident`."""
    token = crypto.session_token()
    now = clock.now()
    session.add(
        ResidentSession(
            resident_id=resident.id, token_hash=crypto.token_hash(token), created_at=now, last_used_at=now,
            expires_at=now + timedelta(days=1),
        )
    )  # fmt: skip
    session.flush()
    return token
