"""A name is no secret: whoever knows it locks out strangers, and nobody from the browser they work in."""

from datetime import timedelta

import pyotp
import pytest

from admin.app import create_app
from backend import config
from backend.permissions import OPERATOR, Role
from backend.staff import commands as staff
from backend.staff import enrolment, sign_in
from backend.staff.models import Staff
from tests import make
from tests.admin.conftest import Seat, token_in
from web import limits

pytestmark = pytest.mark.usefixtures("quick_argon2")  # dozens of passwords are tried here
PASSWORD = "ngõ nhỏ phố nhỏ nhà tôi ở đó"
LOCKED = "Sai quá nhiều lần nên tạm khóa"


@pytest.fixture
def stranger(panel, session):
    """Another browser each time it is called."""

    def new() -> Seat:
        limits.reset()
        client = panel.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "vi"
        return Seat(None, client)

    return new


@pytest.fixture
def thao(session, ward, frozen_clock) -> pyotp.TOTP:
    return enrolled(session, frozen_clock, "thao")


def enrolled(session, clock, username, *, again=None) -> pyotp.TOTP:
    """The authenticator of an officer with that name."""
    made = again or staff.create_staff(
        session, OPERATOR, username=username, name="Nguyễn Thảo", role=Role.OFFICER, ward_id=make.WARD
    )
    token = enrolment.begin_enrolment(session, username=username, code=made.enrolment_code)
    session.flush()  # slow steps read in a transaction of their own
    totp = pyotp.TOTP(enrolment.choose_password(session, token=token, password=PASSWORD).secret)
    enrolment.confirm_authenticator(session, token=token, code=totp.at(clock.at))
    session.flush()
    return totp


def password(seat, given=PASSWORD, username="thao"):
    return seat.post("/sign-in", username=username, password=given)


def enter(seat, totp, clock, username="thao") -> bool:
    """Sign in all the way, then out again."""
    clock.tick(timedelta(minutes=1))
    if password(seat, username=username).status_code != 302:
        return False
    assert seat.post("/sign-in/code", code=totp.at(clock.at)).status_code == 302
    assert seat.get("/account").status_code == 200
    seat.post("/sign-out")
    return True


def guess(seat, username="thao"):
    """Five wrong passwords, and what the sixth try is told."""
    limits.reset()
    for _ in range(5):
        assert password(seat, "sai", username).status_code == 422
    return password(seat, username=username).text


def test_guesses_of_strangers_do_not_reach_the_browser_one_works_in(stranger, thao, frozen_clock):
    mine, theirs = stranger(), stranger()
    assert enter(mine, thao, frozen_clock)
    assert LOCKED in guess(theirs)
    assert LOCKED in password(stranger()).text, "strangers are one"
    assert enter(mine, thao, frozen_clock)
    assert LOCKED in password(theirs).text, "the owner's coming in gives strangers no new tries"


def test_a_known_browser_has_its_own_limit(stranger, thao, frozen_clock):
    mine, second = stranger(), stranger()
    assert enter(mine, thao, frozen_clock)
    assert enter(second, thao, frozen_clock)
    assert LOCKED in guess(mine)
    assert enter(second, thao, frozen_clock)
    frozen_clock.tick(timedelta(minutes=16))
    assert enter(mine, thao, frozen_clock)


def test_guesses_at_the_code_are_the_browsers_own_too(stranger, thao, frozen_clock):
    mine = stranger()
    assert enter(mine, thao, frozen_clock)
    guess(stranger())
    frozen_clock.tick(timedelta(minutes=1))
    assert password(mine).status_code == 302
    assert mine.post("/sign-in/code", code="000000").status_code == 422
    assert mine.post("/sign-in/code", code=thao.at(frozen_clock.at)).status_code == 302


def test_a_browser_that_two_share_knows_both_and_no_third(session, stranger, thao, frozen_clock):
    other, third = enrolled(session, frozen_clock, "binh"), enrolled(session, frozen_clock, "anh")
    shared = stranger()
    assert enter(shared, thao, frozen_clock)
    assert enter(shared, other, frozen_clock, "binh")
    for name in ("thao", "binh", "anh"):
        guess(stranger(), name)
    assert enter(shared, thao, frozen_clock)
    assert enter(shared, other, frozen_clock, "binh")
    assert not enter(shared, third, frozen_clock, "anh")


def test_the_browser_of_the_enrolment_is_known_and_a_reset_makes_it_a_stranger(session, stranger, ward, frozen_clock):
    made = staff.create_staff(session, OPERATOR, username="thao", name="Thảo", role=Role.OFFICER, ward_id=ward.code)
    mine = stranger()
    mine.post("/enrol", username="thao", code=made.enrolment_code)
    mine.post("/enrol/password", password=PASSWORD, again=PASSWORD)
    secret = mine.get("/enrol/authenticator").text.partition("data-secret>")[2].partition("<")[0]
    totp = pyotp.TOTP(secret.replace(" ", ""))
    mine.post("/enrol/authenticator", code=totp.at(frozen_clock.at))
    guess(stranger())
    assert enter(mine, totp, frozen_clock)
    frozen_clock.tick(timedelta(hours=1))
    session.expire_all()  # others have written
    totp = enrolled(session, frozen_clock, "thao", again=staff.reset_staff(session, OPERATOR, staff_id=made.id))
    guess(stranger())
    assert not enter(mine, totp, frozen_clock)


def test_a_cookie_that_is_not_ours_makes_nobody_known(stranger, thao, frozen_clock):
    mine = stranger()
    assert enter(mine, thao, frozen_clock)
    value = mine.client.get_cookie("binhyen_browser", path="/admin").value
    guess(stranger())
    number, mark = value.split(".")
    forged = ("x", "", ".", "é", number, f"{number}.{'A' * 22}", f"{'A' * 22}.{mark}", f"{value}." + "x" * 3000)
    for kept in forged:
        seat = stranger()
        seat.client.set_cookie("binhyen_browser", kept, path="/admin")
        assert LOCKED in password(seat).text
    assert "thao" not in value


def test_the_cookie_is_kept_from_scripts_and_other_sites_for_long(stranger, thao, frozen_clock):
    mine = stranger()
    frozen_clock.tick(timedelta(minutes=1))
    password(mine)
    answer = mine.post("/sign-in/code", code=thao.at(frozen_clock.at))
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("binhyen_browser="))
    for word in ("HttpOnly", "SameSite=Strict", "Path=/admin", "Max-Age=34560000"):
        assert word in cookie
    mine.post("/sign-out")
    assert mine.client.get_cookie("binhyen_browser", path="/admin"), "signing out makes no stranger"


def test_with_https_the_cookie_is_bound_to_the_host(monkeypatch, session, thao, frozen_clock):
    monkeypatch.setenv("BINHYEN_PUBLIC_URL", "https://binhyen.example")
    config.reset_settings()
    try:
        frozen_clock.tick(timedelta(minutes=1))
        client = create_app().test_client()
        site = {"base_url": "https://localhost/admin", "headers": {"Referer": "https://localhost/admin/sign-in"}}
        token = token_in(client.get("/sign-in", **site).text)
        client.post("/sign-in", data={"username": "thao", "password": PASSWORD, "csrf_token": token}, **site)
        sent = {"code": thao.at(frozen_clock.at), "csrf_token": token}
        answer = client.post("/sign-in/code", data=sent, **site)
        cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-binhyen_browser="))
        assert "Secure" in cookie
        assert "Path=/;" in cookie
    finally:
        monkeypatch.undo()
        config.reset_settings()


def test_unknown_names_are_told_the_same(stranger, thao, frozen_clock):
    mine = stranger()
    assert enter(mine, thao, frozen_clock)
    known, unknown = guess(stranger()), guess(stranger(), "khong.ai")
    said = [page.partition('role="alert"')[2].partition("</p>")[0] for page in (known, unknown)]
    assert said[0] == said[1]
    assert LOCKED in said[0]
    assert LOCKED in guess(mine, "khong.ai.ca")


@pytest.mark.parametrize("role", [Role.CHIEF, Role.ADMINISTRATOR])
def test_a_chief_or_an_administrator_lets_somebody_try_again_and_no_key_is_lost(
    session, ward, sit, stranger, thao, frozen_clock, role
):
    helper = sit(make.make_staff(session, None if role is Role.ADMINISTRATOR else ward, role))
    row = sign_in.find_by_name(session, "thao")
    before = row.password_hash, row.public_key, row.wrapped_private_key
    assert "Bỏ tạm khóa" not in helper.get("/staff").text
    page = guess(stranger())
    assert "nhờ chỉ huy hay quản trị bấm “Bỏ tạm khóa” ở trang Cán bộ" in page
    assert "đặt lại" not in page
    assert "tạm khóa vì sai mật khẩu" in helper.get("/staff").text
    answer = helper.post(f"/staff/{row.id}/unlock")
    assert "Đã bỏ tạm khóa." in helper.follow(answer).text
    assert "Bỏ tạm khóa" not in helper.get("/staff").text.partition("<tbody>")[2]
    session.expire_all()  # another session has written
    row = session.get_one(Staff, row.id)
    assert (row.password_hash, row.public_key, row.wrapped_private_key) == before
    assert enter(stranger(), thao, frozen_clock)
    if role is Role.CHIEF:
        assert "bỏ tạm khóa đăng nhập" in helper.get("/log").text
