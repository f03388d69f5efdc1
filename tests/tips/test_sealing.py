"""What a thief finds: a dump of the database, the blobs and the logs after a tip hold none of its words."""

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import ExifTags, Image
from sqlalchemy import select, text
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from backend import db
from backend.config import settings
from backend.tips import staff_commands
from backend.tips.models import Tip, TipEntry
from mobile_api.app import create_app
from tests import make
from web import limits

WORDS = {
    "text": "kimcuong đỏ giấu dưới gốc đa",
    "name": "Nguyễn Thị Trắng",
    "phone": "0912000777",
    "photo": "gocda-bimat.jpg",
    "message": "nhắn thêm về chiếc hộp gỗ",
    "reply": "hộp gỗ nằm phía nào của cây",
    "reason": "đã rõ nơi cần đến xem",
    "push": "b7a1f6e2-console-9d00",
    "camera": "Máy ảnh của cô Trắng",
}
PIN = {"lat": 21.034715, "lon": 105.812943}


def dump(session) -> bytes:
    """Every column of every row of every table, as text and as raw bytes."""
    tables = session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
    seen = bytearray()
    for table in tables:
        for row in session.execute(text(f'SELECT * FROM "{table}"')):
            for value in row:
                seen += value if isinstance(value, bytes) else str(value).encode()
                seen += b"\n"
    return bytes(seen)


def blobs() -> bytes:
    folder = Path(settings().blobs)
    return b"".join(str(path).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())


@contextmanager
def watched_temporary_files():
    """Every file that this process writes to in the temporary folder during the block, also those without a name."""
    opened, watching = [], [True]

    def note(event, arguments):
        writes = watching and event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if writes and str(arguments[0]).startswith(tempfile.gettempdir()):
            opened.append(str(arguments[0]))

    sys.addaudithook(note)  # stays for the life of the process, so it is told when to stop
    yield opened
    watching.clear()


def test_no_word_of_a_tip_rests_anywhere(real_db, settings_demo, capfd, caplog):
    limits.reset()
    with db.unit_of_work() as session:
        ward = make.make_ward(session)
        officer = make.make_staff(session, ward)
    with watched_temporary_files() as temporary:
        receipt = send_everything()
    assert [path for path in temporary if not path.startswith(str(settings().blobs))] == []
    with db.unit_of_work() as session:
        tip = session.scalars(select(Tip)).one()
        staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=WORDS["reason"])
        staff_commands.reply_to_tip(session, officer, tip_id=tip.id, text=WORDS["reply"])
    with db.unit_of_work() as session:
        resting = dump(session) + blobs() + ("".join(capfd.readouterr()) + caplog.text).encode()
    assert make.WARD.encode() in resting  # the dump does see what is there
    for word in [*WORDS.values(), *map(str, PIN.values()), receipt, receipt.replace("-", "")]:
        assert word.encode() not in resting, f"{word!r} lies in clear"
        assert word.encode("unicode_escape") not in resting
    assert b"\xff\xd8\xff\xe0\x00\x10JFIF" not in resting, "a JPEG lies in clear"


def photo_with_metadata() -> bytes:
    """A JPEG that names its camera's owner."""
    exif = Image.Exif()
    exif[ExifTags.Base.CameraOwnerName] = exif[ExifTags.Base.Artist] = WORDS["camera"]
    written = BytesIO()
    Image.effect_noise((640, 480), 40).convert("RGB").save(written, "JPEG", exif=exif, comment=WORDS["camera"].encode())
    assert WORDS["camera"].encode() in written.getvalue()
    return written.getvalue()


def send_everything() -> str:
    tip = {
        "ward_code": make.WARD,
        "category": "theft",
        "text": WORDS["text"],
        "identity": {"name": WORDS["name"], "phone": WORDS["phone"]},
        "push": {"kind": "console", "token": WORDS["push"]},
        "location": PIN,
    }
    api = create_app().test_client()
    form = {"tip": json.dumps(tip), "photos": FileStorage(BytesIO(photo_with_metadata()), WORDS["photo"])}
    edge, body = encode_multipart(form)
    sent = api.post(
        "/tips",
        data=body,
        content_type=f"multipart/form-data; boundary={edge}",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert sent.status_code == 201, sent.json
    receipt: str = sent.json["receipt"]
    words = {"receipt": receipt, "text": WORDS["message"]}
    assert api.post("/tips/messages", json=words, headers={"Idempotency-Key": str(uuid4())}).status_code == 201
    return receipt


def test_rows_of_one_tip_cannot_be_put_under_another(session, officer, send, open_it):
    first, second = send().json["receipt"], send(text="Một tin khác.").json["receipt"]
    one, two = session.scalars(select(Tip).order_by(Tip.number))
    one.content, two.content = two.content, one.content
    session.flush()  # as if somebody had swapped them in the database
    for receipt in (first, second):
        assert open_it(receipt).status_code == 500


@pytest.mark.parametrize("change", [{"author": "staff"}, {"kind": "status"}, {"seq": 7}, {"status": "resolved"}])
def test_nobody_with_the_database_changes_who_said_what(session, api, receipt, open_it, change):
    body = {"receipt": receipt, "text": "Tôi có ảnh chiếc xe."}
    assert api.post("/tips/messages", json=body, headers={"Idempotency-Key": str(uuid4())}).status_code == 201
    entry = session.scalars(select(TipEntry)).one()
    for column, value in change.items():
        setattr(entry, column, value)
    session.flush()  # as if somebody had edited the row
    assert open_it(receipt).status_code == 500
