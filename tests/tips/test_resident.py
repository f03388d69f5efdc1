"""The resident's side, through the API: send, keep the receipt, open, write back."""

import json
from contextlib import ExitStack
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from PIL.ImageFile import ImageFile
from sqlalchemy import select, text

from backend import clock, config, db
from backend.media import cleaning_slot
from backend.tips import staff_commands
from backend.tips.models import Tip, TipPhoto
from mobile_api.app import create_app
from tests import make
from tests.tips.conftest import TIP
from web import limits


def test_a_tip_is_sent_and_opened_with_its_receipt(session, send, open_it):
    answer = send(occurred="today", location={"lat": 21.0, "lon": 105.8})
    assert answer.status_code == 201, answer.json
    assert answer.headers["Cache-Control"] == "no-store"
    sent = answer.json
    assert sent["status"] == "received"
    assert sent["number"] == 1
    assert len(sent["receipt"].replace("-", "")) == 18
    found = open_it(sent["receipt"].lower().replace("-", " "))
    assert found.status_code == 200
    tip = found.json
    assert tip["text"] == TIP["text"]
    assert tip["occurred"] == "today"
    assert tip["location"] == {"lat": 21.0, "lon": 105.8}
    assert tip["identified"] is False
    assert tip["deadline"]["kind"] == "acknowledge"
    assert tip["trail"] == []
    assert tip["can_write"]


def test_only_the_hour_of_receipt_is_kept_in_clear(session, send, frozen_clock):
    frozen_clock.tick(clock.timedelta(minutes=47, seconds=12))
    send()
    tip = session.scalars(select(Tip)).one()
    assert (tip.received_hour.minute, tip.received_hour.second) == (0, 0)
    assert (tip.due_at.minute, tip.due_at.second) == (0, 0)


def test_who_signed_in_leaves_no_trace_on_an_anonymous_tip(session, send, officer):
    columns = {column.name for column in Tip.__table__.columns}
    assert not {name for name in columns if "resident" in name or "address" in name} - {"push_address"}


def test_reporter_writes_back(api, receipt, open_it):
    key = {"Idempotency-Key": str(uuid4())}
    body = {"receipt": receipt, "text": "Tôi nhớ thêm: loa đặt ngoài hiên."}
    first = api.post("/tips/messages", json=body, headers=key)
    assert first.status_code == 201
    assert first.json["from"] == "reporter"
    assert api.post("/tips/messages", json=body, headers=key).json == first.json
    trail = open_it(receipt).json["trail"]
    assert [step["text"] for step in trail] == ["Tôi nhớ thêm: loa đặt ngoài hiên."]


def test_same_key_sends_one_tip_and_gives_the_same_receipt(session, send):
    key = str(uuid4())
    first, second = send(key=key), send(key=key)
    assert first.json == second.json
    assert len(session.scalars(select(Tip)).all()) == 1
    other = send(key=key, text="Một việc khác hẳn.")
    assert other.status_code == 422
    assert other.json["code"] == "idempotency_key_reused"


def test_photos_are_cleaned_and_the_bad_one_is_named(session, api, send, open_it, shared_data):
    good = (shared_data / "photos" / "DSCN0010.jpg").read_bytes()
    answer = send(photos=[("xe đạp.jpg", good), ("giả.jpg", b"MZ this is no picture")])
    assert answer.status_code == 201
    accepted, refused = answer.json["photos"]
    assert accepted == {"name": "xe đạp.jpg", "accepted": True, "code": None, "detail": None}
    assert refused["name"] == "giả.jpg"
    assert not refused["accepted"]
    assert "giả.jpg" in refused["detail"]
    receipt = answer.json["receipt"]
    (photo,) = open_it(receipt).json["photos"]
    assert photo["name"] == "xe đạp.jpg"
    for size in ("small", "large"):
        got = api.post("/tips/photos", json={"receipt": receipt, "photo_id": photo["id"], "size": size})
        assert got.status_code == 200
        assert got.mimetype == "image/jpeg"
        assert got.headers["Cache-Control"] == "no-store"
        assert b"Exif" not in got.data
    assert len(session.scalars(select(TipPhoto)).all()) == 1


def test_a_photo_opens_only_with_its_own_receipt(api, send, open_it, shared_data):
    good = (shared_data / "photos" / "DSCN0010.jpg").read_bytes()
    mine = send(photos=[("a.jpg", good)]).json["receipt"]
    photo = open_it(mine).json["photos"][0]["id"]
    other = send().json["receipt"]
    assert api.post("/tips/photos", json={"receipt": other, "photo_id": photo}).status_code == 404


REFUSALS = [
    ({"ward_code": "00000"}, "ward_not_active", "ward_code"),
    ({"area_id": str(uuid4())}, "area_not_in_ward", "area_id"),
    ({"category": "speech"}, "invalid_input", "category"),
    ({"category": None}, "invalid_input", "category"),
    ({"text": ""}, "invalid_input", "text"),
    ({"text": "   \n "}, "text_empty", "text"),
    ({"text": "x" * 5001}, "invalid_input", "text"),
    ({"text": "a\x00b"}, "invalid_input", None),
    ({"text": 7}, "invalid_input", "text"),
    ({"location": {"lat": 91, "lon": 0}}, "invalid_input", None),
    ({"religion": "x"}, "invalid_input", "religion"),
    ({"identity": {"name": "Nga"}}, "invalid_input", None),
]


@pytest.mark.parametrize(("fields", "code", "field"), REFUSALS)
def test_bad_tips_are_refused_with_the_field(send, fields, code, field):
    answer = send(**fields)
    assert answer.status_code == 422, answer.json
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == code
    if field:
        assert answer.json["errors"][0]["field"] == field


@pytest.mark.parametrize("receipt", ["7QK4-M2XR-9TVB-3HNE-C5", "x", "💥" * 15, "A" * 60, "7QK4 M2XR 9TVB 3HNE"])
def test_wrong_receipts_open_nothing(open_it, receipt):
    answer = open_it(receipt)
    assert answer.status_code in (404, 422)
    assert answer.json["code"] in ("receipt_unknown", "receipt_malformed")


def test_a_typing_slip_is_shown_by_its_group(receipt, open_it):
    swapped = "2" if receipt[10] != "2" else "3"
    answer = open_it(receipt[:10] + swapped + receipt[11:])
    assert answer.json["code"] == "receipt_malformed"
    assert answer.json["params"]["group"] == 3


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"{}", "application/json"),
        (b"tip=1", "application/x-www-form-urlencoded"),
        (b"", "multipart/form-data"),
        (b"garbage", "multipart/form-data; boundary=x"),
    ],
)
def test_other_bodies_are_refused(api, officer, data, kind):
    answer = api.post("/tips", data=data, content_type=kind, headers={"Idempotency-Key": str(uuid4())})
    assert 400 <= answer.status_code < 500
    assert answer.mimetype == "application/problem+json"


def test_a_body_of_a_hundred_megabytes_is_refused(api, officer):
    part = b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
    data = part + bytes(100 * 1024 * 1024) + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    answer = api.post("/tips", data=data, content_type=kind, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 413
    assert answer.json["code"] == "too_large"


def test_six_photos_are_too_many(send):
    answer = send(photos=[(f"{n}.jpg", b"x") for n in range(6)])
    assert answer.json["code"] == "too_many_photos"


def test_a_photo_that_is_no_file_is_named(api, officer):
    form = {"tip": json.dumps(TIP), "photos": "words where a file should be"}
    answer = api.post("/tips", data=form, content_type="multipart/form-data", headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 422
    assert "photos" in str(answer.json["errors"])


def test_no_connection_waits_while_photos_are_cleaned(real_db, monkeypatch):
    limits.reset()
    with db.unit_of_work() as session:
        make.make_staff(session, make.make_ward(session))
    held = []
    decode = ImageFile.load

    def load(image):
        held.append(db.engine().pool.checkedout())
        return decode(image)

    monkeypatch.setattr(ImageFile, "load", load)
    picture = BytesIO()
    Image.new("RGB", (400, 300)).save(picture, "PNG")
    form = {"tip": (BytesIO(json.dumps(TIP).encode()), "tip"), "photos": (BytesIO(picture.getvalue()), "a.png")}
    sent = create_app().test_client().post("/tips", data=form, headers={"Idempotency-Key": str(uuid4())})
    assert [photo["accepted"] for photo in sent.json["photos"]] == [True]
    assert set(held) == {0}


def test_when_many_send_photos_the_next_waits_and_loses_nothing(send):
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    with ExitStack() as others:
        for _ in range(8):
            others.enter_context(cleaning_slot())
        refused = send(photos=[("a.png", picture.getvalue())])
        assert (refused.status_code, refused.json["code"]) == (503, "photos_busy")
        assert int(refused.headers["Retry-After"]) > 0
        assert send().status_code == 201  # a tip without photos passes by
    assert send(photos=[("a\u202egpj.png", picture.getvalue())]).json["photos"][0]["name"] == "agpj.png"


def test_two_tips_in_one_form_are_refused(api, officer):
    form = {"tip": [json.dumps(TIP), json.dumps(TIP | {"text": "Chuyện khác."})]}
    answer = api.post("/tips", data=form, content_type="multipart/form-data", headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 422


def test_an_inactive_ward_says_where_to_go(session, send):
    make.make_ward(session, "99002", name="Xa Xôi", active=False)
    answer = send(ward_code="99002")
    assert answer.json["code"] == "ward_not_active"
    assert "113" in answer.json["detail"]


def test_a_network_that_guesses_receipts_is_slowed(open_it, officer):
    codes = {open_it("7QK4-M2XR-9TVB-3HNE-C5").status_code for _ in range(70)}
    assert 429 in codes


@pytest.fixture
def two_tips_an_hour(monkeypatch):
    monkeypatch.setenv("BINHYEN_TIPS_PER_NETWORK_HOUR", "2")
    config.reset_settings()
    yield
    monkeypatch.undo()
    config.reset_settings()


def test_only_tips_use_up_what_a_network_may_send(two_tips_an_hour, api, send):
    for _ in range(3):
        assert api.post("/tips", data={}, headers={"Idempotency-Key": str(uuid4())}).status_code >= 400
    key = str(uuid4())
    first = send(key=key)
    assert [first.status_code, send().status_code] == [201, 201]
    refused = send()
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    again = send(key=key)  # its answer was lost on the way: the receipt is still to be had
    assert (again.status_code, again.json) == (201, first.json)
    assert send(key=key, text="Chuyện khác.").json["code"] == "idempotency_key_reused"


def test_a_dialogue_that_the_reporter_fills_stays_open_to_the_ward(session, api, officer, receipt, monkeypatch):
    monkeypatch.setattr("backend.tips.rules.MOST_ENTRIES", 2)
    words = {"receipt": receipt, "text": "Thêm nữa."}
    said = [api.post("/tips/messages", json=words, headers={"Idempotency-Key": str(uuid4())}) for _ in range(3)]
    assert [answer.status_code for answer in said] == [201, 201, 409]
    assert said[-1].json["code"] == "dialogue_full"
    tip = session.scalars(select(Tip)).one()
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason="Đã nhận.")
    staff_commands.reply_to_tip(session, officer, tip_id=tip.id, text="Cảm ơn bà con.")
    assert tip.status == "acknowledged"


def test_same_key_at_the_same_moment_makes_one_tip(real_db):
    from concurrent.futures import ThreadPoolExecutor

    with db.unit_of_work() as session:
        make.make_staff(session, make.make_ward(session))
    app, key = create_app(), str(uuid4())

    def post(_: int) -> dict:
        form = {"tip": json.dumps(TIP)}
        answer = app.test_client().post(
            "/tips", data=form, headers={"Idempotency-Key": key}, content_type="multipart/form-data"
        )
        assert answer.status_code == 201
        return answer.json["receipt"]

    with ThreadPoolExecutor(6) as pool:
        receipts = set(pool.map(post, range(6)))
    assert len(receipts) == 1
    with db.unit_of_work() as session:
        assert session.scalar(text("SELECT count(*) FROM tips")) == 1
