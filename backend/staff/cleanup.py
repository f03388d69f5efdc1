"""Deletes what nobody needs any more. The worker calls it regularly, without an actor."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend import clock
from backend.staff.models import SignInAttempts, StaffSession

ATTEMPTS_KEPT = timedelta(days=30)


def forget_expired(session: Session) -> None:
    """Delete sessions that are over, and failed attempts of more than a month ago."""
    now = clock.now()
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
    session.execute(delete(SignInAttempts).where(SignInAttempts.last_at < now - ATTEMPTS_KEPT))
