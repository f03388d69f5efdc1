"""What the worker tidies: sealed photos of tips that were never committed."""

import os
from datetime import timedelta
from io import BytesIO

from PIL import Image
from sqlalchemy import delete, select

from backend import clock
from backend.config import settings
from backend.storage import storage
from backend.tips import cleanup
from backend.tips.cleanup import sweep_blobs
from backend.tips.models import TipPhoto


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    return out.getvalue()


def age_everything(days: int) -> None:
    then = (clock.now() - timedelta(days=days)).timestamp()
    for path in settings().blobs.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def test_photos_of_a_tip_stay_and_those_of_a_rolled_back_one_go(session, send):
    send(photos=[("anh-1.png", photo())])
    kept = session.scalars(select(TipPhoto)).one()
    lost = storage().put(b"sealed, and its transaction rolled back")
    age_everything(days=3)
    fresh = storage().put(b"sealed, and its transaction still runs")
    assert sweep_blobs(session) >= 1
    left = set(storage().stored_before(clock.now() + timedelta(hours=1)))
    assert {kept.large, kept.small, fresh} <= left
    assert lost not in left
    storage().delete(fresh)


def test_a_worker_that_knows_no_photo_deletes_none(session, send):
    send(photos=[("anh-1.png", photo())])
    session.execute(delete(TipPhoto))  # as if it were another, empty database
    age_everything(days=3)
    assert sweep_blobs(session) == 0
    assert list(storage().stored_before(clock.now()))


def test_many_rows_and_files_are_walked_through_side_by_side(session, send, monkeypatch):
    monkeypatch.setattr(cleanup, "PAGE", 3)
    for number in range(4):
        send(photos=[(f"anh-{number}.png", photo()), (f"anh-{number}b.png", photo())])
    kept = {key for row in session.execute(select(TipPhoto.large, TipPhoto.small)) for key in row}
    lost = {storage().put(b"sealed, and its transaction rolled back") for _ in range(9)}
    gone = session.scalars(select(TipPhoto)).first()
    storage().delete(gone.large)  # a row whose file is not there stops nothing
    age_everything(days=3)
    assert sweep_blobs(session) >= len(lost)
    left = set(storage().stored_before(clock.now()))
    assert left & (kept | lost) == kept - {gone.large}
    assert sweep_blobs(session) == 0
