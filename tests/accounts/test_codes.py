"""Codes by SMS: asked for, tried, used up; the same for a phone that is known and one that is not."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from backend import clock
from backend.accounts.models import OtpChallenge, Resident
from tests.accounts.conftest import E164, PHONE, sent


def sign_in(api, code, phone=PHONE, **more):
    return api.post("/auth/sessions", json={"phone": phone, "code": code} | more)


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.parametrize(
    "phone", ["0912345678", "84912345678", "+84 912 345 678", "0912.345.678", " 0912-345-678 ", "０９１２３４５６７８"]
)
def test_a_number_may_be_written_in_many_ways(api, session, phone):
    assert api.post("/auth/otp", json={"phone": phone}).status_code == 202
    assert sent(session)[-1]["phone"] == E164


@pytest.mark.parametrize(
    "phone",
    ["", "113", "02838222222", "0281234567", "+1 202 555 0123", "0912345", "09123456789", "+84 000 000 001",
     "0550000001", "0912FLOWER", "0912345678;ext=1", "0912345678,,1", "x" * 30, "٠٩١٢٣٤٥٦٧", "+", "+84", "0000000000"],
)  # fmt: skip
def test_other_numbers_are_refused_beside_the_field(api, session, phone):
    answer = api.post("/auth/otp", json={"phone": phone})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "phone"
    assert phone == "" or answer.json["code"] == "phone_invalid"
    assert sent(session) == []


@pytest.mark.parametrize(
    ("phone", "stored"),
    [("+84 000 000 001", "+84000000001"), ("0000 000 002", "+84000000002"), ("0550 000 001", "+84550000001")],
)
def test_the_demo_takes_numbers_of_nobody(api, session, demo_mode, phone, stored):
    assert api.post("/auth/otp", json={"phone": phone}).status_code == 202
    assert sent(session)[-1]["phone"] == stored


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"phone": 912345678},
        {"phone": None},
        {"phone": ["0912345678"]},
        {"phone": PHONE, "spy": 1},
        {"phone": "0" * 31},
        [],
        "x",
        {"phone": "0912\x00345678"},
    ],
)
def test_bad_bodies_are_refused(api, body):
    assert api.post("/auth/otp", json=body).status_code == 422


def test_the_answer_is_the_same_known_or_not(api, session, signed_in, frozen_clock):
    signed_in()
    frozen_clock.tick(timedelta(minutes=2))
    known = api.post("/auth/otp", json={"phone": PHONE})
    unknown = api.post("/auth/otp", json={"phone": "0987654321"})
    assert known.json == unknown.json == {"expires_in": 300, "resend_in": 60, "length": 6}
    assert known.status_code == unknown.status_code == 202
    assert known.headers["Cache-Control"] == "no-store"


def test_neither_number_nor_code_can_be_read_in_the_database(session, code):
    code = code()
    jobs = " ".join(session.scalars(text("SELECT args::text FROM procrastinate_jobs")))
    row = session.scalars(select(OtpChallenge)).one()
    held = jobs + repr((row.phone_hash, row.code_hash))
    assert "912345678" not in held
    assert code not in held


def test_the_code_comes_in_the_readers_language(api, session):
    api.post("/auth/otp", json={"phone": PHONE}, headers={"Accept-Language": "en"})
    api.post("/auth/otp", json={"phone": "0987654321"})
    assert [message["language"] for message in sent(session)] == ["en", "vi"]


def test_the_right_code_signs_in_and_makes_the_account_once(api, session, code, frozen_clock):
    first = sign_in(api, code(), device_name="Điện thoại của bà")
    assert first.status_code == 201
    assert first.json["resident"]["phone"] == E164
    assert first.json["expires_at"] == "2026-11-29T02:00:00Z"
    frozen_clock.tick(timedelta(minutes=1))
    second = sign_in(api, code())
    assert second.json["resident"]["id"] == first.json["resident"]["id"]
    assert second.json["token"] != first.json["token"]
    assert session.scalar(select(func.count()).select_from(Resident)) == 1


def test_a_code_works_once(api, code):
    code = code()
    assert sign_in(api, code).status_code == 201
    again = sign_in(api, code)
    assert (again.status_code, again.json["code"]) == (401, "otp_expired")


def test_a_code_is_over_after_five_minutes(api, code, frozen_clock):
    code = code()
    frozen_clock.tick(timedelta(minutes=5))
    assert sign_in(api, code).json["code"] == "otp_expired"


def test_a_new_code_replaces_the_old_one(api, code, frozen_clock):
    old = code()
    frozen_clock.tick(timedelta(seconds=60))
    new = code()
    assert old == new or sign_in(api, old).json["code"] == "otp_wrong"
    assert sign_in(api, new).status_code == 201


def test_a_code_belongs_to_its_phone(api, code):
    code = code()
    assert sign_in(api, code, phone="0987654321").json["code"] == "otp_expired"


def test_five_tries_then_even_the_right_code_is_refused(api, code, frozen_clock):
    right = code()
    left = []
    for _ in range(4):
        answer = sign_in(api, wrong(right))
        assert (answer.status_code, answer.json["code"]) == (401, "otp_wrong")
        left.append(answer.json["params"]["tries_left"])
    assert left == [4, 3, 2, 1]
    for code_ in (wrong(right), right):
        answer = sign_in(api, code_)
        assert (answer.status_code, answer.json["code"]) == (429, "otp_locked")
        assert int(answer.headers["Retry-After"]) == answer.json["retry_after"] == 60
    frozen_clock.tick(timedelta(seconds=60))
    assert sign_in(api, code()).status_code == 201


def test_a_minute_between_codes_and_five_an_hour(api, session, code, frozen_clock):
    for _ in range(5):
        code()
        early = api.post("/auth/otp", json={"phone": PHONE})
        assert (early.status_code, early.json["code"]) == (429, "otp_too_many")
        frozen_clock.tick(timedelta(seconds=60))
    answer = api.post("/auth/otp", json={"phone": PHONE})
    assert answer.status_code == 429
    assert answer.json["retry_after"] == 55 * 60
    assert len(sent(session)) == 5
    assert api.post("/auth/otp", json={"phone": "0987654321"}).status_code == 202
    frozen_clock.tick(timedelta(minutes=55))
    code()


def test_one_network_asks_only_so_often(api, frozen_clock):
    for _ in range(40):
        assert api.post("/auth/otp", json={}).status_code == 422  # what asks for no code uses none up
    answers = [api.post("/auth/otp", json={"phone": f"09123456{n:02d}"}) for n in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {202}
    assert answers[30].status_code == 429
    assert int(answers[30].headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "body",
    [{"code": "12345"}, {"code": "1234567"}, {"code": "12345a"}, {"code": "１２３４５６"}, {"code": 123456},
     {"code": None}, {"code": "123456\n"}, {"code": "123456", "device_name": "x" * 81},
     {"code": "123456", "device_name": "a\x07"},
     {"code": "123456", "admin": True}, {"code": "123456", "phone": "113"}, {}],
)  # fmt: skip
def test_bad_sign_ins_are_refused_and_cost_no_try(api, session, code, body):
    code()
    assert api.post("/auth/sessions", json={"phone": PHONE} | body).status_code == 422
    assert session.scalars(select(OtpChallenge)).one().tries == 0


def test_who_never_asked_is_told_the_same_as_who_was_too_late(api):
    answer = sign_in(api, "123456")
    assert (answer.status_code, answer.json["code"]) == (401, "otp_expired")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_clock_of_the_server_counts_not_the_phones(api, code, frozen_clock):
    frozen_clock.tick(timedelta(days=3650))
    assert sign_in(api, code()).status_code == 201
    assert clock.now().year == 2036
