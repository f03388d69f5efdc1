"""Every kind of stored value opens, and every hash is found again."""

import json
from base64 import b64decode as data
from hashlib import sha256
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from admin.shell import session as panel
from backend import crypto
from backend.alerts.content import content_hash
from backend.push.address import PushAddress
from backend.staff.passwords import matches
from backend.tips import sealed
from tests.stored.values import AT, ENTRY, LONG, PHOTO, SHORT, TIP, WEB


def test_boxes_and_streams_open(values):
    for box in values["boxes"]:
        opened = crypto.open_box(data(box["key"]), data(box["box"]), context=box["context"].encode())
        assert opened == data(box["data"])
    for stream in values["streams"]:
        opened = crypto.open_stream(data(stream["key"]), data(stream["stream"]), context=stream["context"].encode())
        assert sha256(opened).hexdigest() == stream["sha256"]


def test_keys_open_by_private_half_paper_and_password(values):
    sealed_to, recovery, wrapped = values["sealed_to"], values["recovery"], values["wrapped"]
    assert crypto.open_sealed(data(sealed_to["private"]), data(sealed_to["box"])) == data(sealed_to["secret"])
    assert crypto.open_with_recovery(recovery["paper"], data(recovery["box"])) == data(recovery["private"])
    opened = crypto.unwrap_private_key(data(wrapped["wrapped"]), wrapped["password"], data(wrapped["salt"]))
    assert opened == data(wrapped["private"])
    assert matches(values["password"]["password"], values["password"]["hash"])


def test_sessions_settings_and_jobs_open(values):
    kept = values["session"]
    assert crypto.token_hash(kept["token"]) == data(kept["hash"])
    assert crypto.open_from_session(kept["token"], data(kept["box"])) == data(kept["secret"])
    for setting in values["settings"]:
        assert crypto.open_setting(setting["purpose"], data(setting["box"])) == data(setting["data"])
    for job in values["jobs"]:
        assert crypto.open_for_worker(job["purpose"], job["sealed"]) == data(job["data"])


def test_the_panel_takes_its_cookie(values):
    app = Flask("panel")
    panel.configure(app)
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer.loads(values["panel_cookie"]["cookie"]) == values["panel_cookie"]["session"]


def test_receipts_find_and_open(values):
    for kept in values["receipts"]:
        receipt = crypto.Receipt.parse(kept["receipt"])
        assert data(kept["lookup"]) in receipt.lookups()
        assert crypto.open_key_with_receipt(receipt, data(kept["box"])) == data(kept["data_key"])


def test_keyed_hashes_are_found(values):
    for kept in values["hashes"]:
        assert data(kept["hash"]) in crypto.keyed_hashes(kept["purpose"], data(kept["data"]))
        assert crypto.is_hash_of(data(kept["hash"]), kept["purpose"], data(kept["data"]))


def test_a_tip_opens(values):
    tip = values["tips"]
    key = data(tip["key"])
    plain = sealed.unpack_content(key, TIP, data(tip["plain"]))
    assert plain == sealed.Content("Xe đạp của cháu bị mất.", AT)
    full = sealed.unpack_content(key, TIP, data(tip["full"]))
    assert (full.text, full.received_at) == ("Quán hát mở loa\nquá mười một giờ đêm.", AT)
    assert (full.occurred, full.language) == ("today", "en")
    assert full.location == sealed.Location(21.034715, 105.812943)
    assert full.identity == sealed.Identity("Nguyễn Thị Trắng", "+84912000777", verified=True)
    assert full.photos == (sealed.PhotoName(PHOTO, "gốc đa.jpg", 640, 480),)
    entry = sealed.Entry(ENTRY, 1, "status", "staff", "acknowledged")
    assert sealed.unpack_words(key, entry, data(tip["words"])) == sealed.Words("Đã tiếp nhận.", AT)
    assert sealed.unpack_address(key, TIP, data(tip["address"])) == WEB
    assert sealed.unpack_photo(key, PHOTO, "small", data(tip["photo"])) == b"JPEG"


def test_the_hash_of_an_alert_stays(values):
    for kept in values["alerts"]:
        now = content_hash(
            LONG if kept["content"] == "long" else SHORT,
            ward_id=kept["ward_id"],
            message_type=kept["message_type"],
            refers_to=UUID(kept["refers_to"]) if kept["refers_to"] else None,
        )
        assert now == kept["hash"]


def test_the_worker_reads_an_address(values):
    assert PushAddress.from_json(json.loads(data(values["jobs"][1]["data"]))) == WEB
