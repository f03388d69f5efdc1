"""Deletes what nobody needs any more. The worker calls it regularly, without an actor."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend import clock
from backend.accounts.models import OtpChallenge, ResidentSession

CODES_KEPT = timedelta(days=1)


def forget_expired(session: Session) -> None:
    """Delete sessions that are over, and one-time codes that were sent more than a day ago."""
    now = clock.now()
    session.execute(delete(ResidentSession).where(ResidentSession.expires_at <= now))
    session.execute(delete(OtpChallenge).where(OtpChallenge.sent_at < now - CODES_KEPT))
