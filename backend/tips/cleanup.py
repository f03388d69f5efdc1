"""What the worker tidies now and then; nobody asks for it, so it has no actor."""

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
    """Delete the sealed photos whose transaction rolled back; returns how many.

    Nobody has their key any more. With no photo known at all nothing is deleted: the worker may have been pointed at
    another database than the one this storage belongs to. Rows and files are walked through side by side, in the order
    of their keys, so that memory holds a page of each.
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
    """The keys of all photos, ascending as Python has it, a page at a time."""
    keys = union_all(select(TipPhoto.large.label("key")), select(TipPhoto.small)).subquery()
    ascending = select(keys.c.key).order_by(collate(keys.c.key, "C"))
    return session.scalars(ascending.execution_options(yield_per=PAGE))


def wards_with_tips(session: Session) -> Sequence[str]:
    """Every ward that can take tips or has some: each act on them is in its log, so it must have one."""
    query = union(select(WardKey.ward_id), select(Tip.ward_id))
    return session.scalars(query.order_by(query.selected_columns.ward_id)).all()
