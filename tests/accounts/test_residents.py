"""What residents do with their account, as their phone asks for it."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from backend import audit, crypto
from backend.accounts.cleanup import forget_expired
from backend.accounts.models import OtpChallenge, Resident, ResidentSession
from backend.push.models import Device
from tests import make
from tests.accounts.conftest import E164

DEVICE = {"kind": "console", "token": "0f8fad5b-d9cb-469f-a165-70867728950e", "language": "vi", "ward_code": make.WARD}
GUARDED = [("GET", "/me"), ("PUT", "/me"), ("DELETE", "/me"), ("GET", "/me/export"), ("GET", "/auth/sessions"),
           ("DELETE", "/auth/sessions/current"), ("DELETE", f"/auth/sessions/{UUID(int=1)}")]  # fmt: skip


@pytest.fixture
def ward(session):
    return make.make_ward(session)


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize(
    "header", [None, "Bearer nothing", "Bearer " + "x" * 5000, "Basic abc", "Bearer", "Bearer \x7f"]
)
def test_strangers_are_asked_to_sign_in(api, method, path, header):
    headers = {"Authorization": header} if header else {}
    answer = api.open(path, method=method, headers=headers, json={} if method == "PUT" else None)
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_required")


def test_an_account_begins_with_nothing_but_its_phone(signed_in):
    me = signed_in().get("/me").json
    assert {**me, "id": None, "created_at": None} == {
        "id": None, "phone": E164, "name": None, "language": "vi", "ward": None, "area": None, "created_at": None,
    }  # fmt: skip


def test_home_is_a_ward_and_an_area_of_it(session, signed_in, ward):
    area = make.make_area(session, ward)
    phone = signed_in()
    answer = phone.put(
        "/me", json={"name": "  Bà   Nga ", "language": "en", "ward_code": ward.code, "area_id": str(area.id)}
    )
    assert answer.status_code == 200
    assert (answer.json["name"], answer.json["language"]) == ("Bà Nga", "en")
    assert (answer.json["ward"]["code"], answer.json["area"]["name"]) == (ward.code, "Tổ dân phố 7")
    assert phone.put("/me", json={}).json == answer.json == phone.get("/me").json


def test_another_ward_takes_the_area_away(session, signed_in, ward):
    area, other = make.make_area(session, ward), make.make_ward(session, "99002", name="Bình Minh")
    phone = signed_in()
    phone.put("/me", json={"ward_code": ward.code, "area_id": str(area.id)})
    assert phone.put("/me", json={"ward_code": ward.code}).json["area"] is not None
    moved = phone.put("/me", json={"ward_code": other.code}).json
    assert (moved["ward"]["code"], moved["area"]) == (other.code, None)
    gone = phone.put("/me", json={"ward_code": None, "name": None}).json
    assert (gone["ward"], gone["area"], gone["name"]) == (None, None, None)


def test_an_area_of_another_ward_is_refused_and_nothing_changes(session, signed_in, ward):
    elsewhere = make.make_area(session, make.make_ward(session, "99002", name="Bình Minh"))
    phone = signed_in()
    answer = phone.put("/me", json={"name": "Nga", "ward_code": ward.code, "area_id": str(elsewhere.id)})
    assert (answer.status_code, answer.json["code"]) == (422, "home_area_unknown")
    assert answer.json["errors"][0]["field"] == "area_id"
    assert phone.put("/me", json={"area_id": str(elsewhere.id)}).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [({"ward_code": "00000"}, "ward_code"), ({"ward_code": "1"}, "ward_code"), ({"area_id": "x"}, "area_id"),
     ({"area_id": str(uuid4())}, "area_id"), ({"name": "x" * 121}, "name"), ({"name": ""}, "name"),
     ({"name": " "}, "name"), ({"name": "a\x00"}, "name"), ({"name": "a\tb\nc"}, "name"), ({"name": 5}, "name"),
     ({"language": "fr"}, "language"), ({"language": None}, "language"), ({"phone": "0987654321"}, "phone"),
     ({"id": "1"}, "id")],
)  # fmt: skip
def test_bad_changes_are_named_by_field(signed_in, body, field):
    answer = signed_in().put("/me", json=body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


def test_phones_are_listed_and_signed_out(signed_in, frozen_clock):
    old = signed_in(device_name="Samsung")
    frozen_clock.tick(timedelta(minutes=1))
    new = signed_in(device_name=None)
    listed = new.get("/auth/sessions").json["items"]
    assert [(one["device_name"], one["is_current"]) for one in listed] == [(None, True), ("Samsung", False)]
    assert new.delete(f"/auth/sessions/{listed[1]['id']}").status_code == 204
    assert old.get("/me").status_code == 401
    assert new.delete("/auth/sessions/current").status_code == 204
    assert new.get("/me").status_code == 401


def test_nobody_signs_out_somebody_elses_phone(signed_in, frozen_clock):
    mine, theirs = signed_in(), signed_in("0987654321")
    key = theirs.get("/auth/sessions").json["items"][0]["id"]
    for wrong in (key, str(uuid4()), "x", "current2", "%00"):
        assert mine.delete(f"/auth/sessions/{wrong}").status_code == 404
    assert theirs.get("/me").status_code == 200


def test_use_keeps_a_session_alive_and_disuse_ends_it(session, signed_in, frozen_clock):
    phone = signed_in()
    for _ in range(3):
        frozen_clock.tick(timedelta(days=80))
        assert phone.get("/me").status_code == 200
    frozen_clock.tick(timedelta(days=90))
    assert phone.get("/me").status_code == 401
    forget_expired(session)
    assert session.scalar(select(func.count()).select_from(ResidentSession)) == 0
    assert session.scalar(select(func.count()).select_from(OtpChallenge)) == 0


def test_the_oldest_of_many_sessions_gives_way(session, signed_in, frozen_clock):
    first = signed_in()
    for _ in range(20):
        frozen_clock.tick(timedelta(hours=1))
        last = signed_in()
    assert first.get("/me").status_code == 401
    assert len(last.get("/auth/sessions").json["items"]) == 20


def test_the_database_keeps_no_token(session, signed_in):
    phone = signed_in()
    row = session.scalars(select(ResidentSession)).one()
    assert row.token_hash == crypto.token_hash(phone.token)
    assert phone.token.encode() not in row.token_hash


def test_export_holds_everything(session, signed_in, ward, demo_mode):
    phone = signed_in(device_name="Samsung")
    phone.put("/me", json={"name": "Bà Nga", "ward_code": ward.code})
    assert phone.put("/me/devices", json=DEVICE).status_code == 200
    answer = phone.get("/me/export")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    held = answer.json
    assert held["account"]["name"] == "Bà Nga"
    assert held["sessions"][0]["device_name"] == "Samsung"
    assert held["devices"][0]["address"] == DEVICE["token"]
    assert held["last_code_sent_at"] == "2026-08-31T02:00:00Z"
    assert phone.token not in json.dumps(held)


def test_deleting_leaves_nothing_but_a_nameless_line_in_the_log(session, signed_in, ward, demo_mode):
    phone = signed_in()
    phone.put("/me", json={"name": "Bà Nga", "ward_code": ward.code})
    phone.put("/me/devices", json=DEVICE)
    assert phone.delete("/me").status_code == 204
    for model in (Resident, ResidentSession, Device, OtpChallenge):
        assert session.scalar(select(func.count()).select_from(model)) == 0, model
    assert phone.get("/me").status_code == 401
    entries = session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.chain == ward.code)).all()
    assert [entry.action for entry in entries] == ["resident.delete"]
    said = repr([(entry.actor_name, entry.actor_id, entry.details) for entry in entries])
    assert "Nga" not in said
    assert "912345678" not in said
    assert audit.verify(session, ward.code) is None


def test_a_deleted_phone_may_begin_anew(signed_in, frozen_clock):
    before = signed_in()
    before.delete("/me")
    frozen_clock.tick(timedelta(minutes=1))
    after = signed_in()
    assert after.me["id"] != before.me["id"]
