"""Deletes what nobody needs any more. The worker calls it regularly, without an actor."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta

import structlog
from sqlalchemy import ScalarResult, collate, select, union, union_all
from sqlalchemy.orm import Session

from backend import clock
from backend.staff.models import WardKey
from backend.storage import storage
from backend.tips.models import Tip, TipPhoto

LEFT_AFTER = timedelta(days=1)
PAGE = 5000

log = structlog.get_logger()


def sweep_blobs(session: Session) -> int:
    """Delete the sealed photos to which no row refers, because their transaction was rolled back; returns how many.

    If the database has no photos at all, nothing is deleted: it may be the wrong database for this storage. Rows and
    files are read in parallel in the order of their keys, so that only a page of each is in memory.
    """
    with closing(_known_keys(session)) as known:
        swept = _sweep(iter(known))
    if swept:
        log.info("blobs_swept", count=swept)
    return swept


def _sweep(known: Iterator[str]) -> int:
    nearest, swept = next(known, None), 0
    if nearest is None:
        return 0
    for key in storage().stored_before(clock.now() - LEFT_AFTER):
        while nearest is not None and nearest < key:
            nearest = next(known, None)
        if key != nearest:
            storage().delete(key)
            swept += 1
    return swept


def _known_keys(session: Session) -> ScalarResult[str]:
    """The keys of all photos, in the order in which Python sorts text, a page at a time."""
    keys = union_all(select(TipPhoto.large.label("key")), select(TipPhoto.small)).subquery()
    ascending = select(keys.c.key).order_by(collate(keys.c.key, "C"))
    return session.scalars(ascending.execution_options(yield_per=PAGE))


def wards_with_tips(session: Session) -> Sequence[str]:
    """Every ward that can take tips or has some. Each act on a tip is in its ward's log, so these must have a log."""
    query = union(select(WardKey.ward_id), select(Tip.ward_id))
    return session.scalars(query.order_by(query.selected_columns.ward_id)).all()
