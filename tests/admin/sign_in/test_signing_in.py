"""Signing in: password, code, enrolment, lock-out, the way back; and what a cookie may and may not do."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pyotp
import pytest

from admin.app import create_app
from backend import config, crypto
from backend.permissions import Actor, Role
from backend.staff import commands as staff
from backend.staff import ward_keys
from backend.staff.models import Staff
from tests import make
from tests.admin.conftest import Seat, csrf_of, token_in
from tests.admin.facts import send_tip

ADMINISTRATOR = Actor(kind="operator", role=Role.ADMINISTRATOR)
PASSWORD = "ngõ nhỏ phố nhỏ nhà tôi ở đó"


@pytest.fixture
def door(visitor) -> Seat:
    return Seat(None, visitor)


@pytest.fixture
def invited(session, ward):
    """A chief who has not enrolled yet, in a ward without a key."""
    return staff.create_staff(
        session, ADMINISTRATOR, username="vinh", name="Thiếu tá Lê Quang Vinh", role=Role.CHIEF, ward_id=ward.code
    )


def enrol(door, invited, clock) -> tuple[pyotp.TOTP, str]:
    """Through the pages; returns the authenticator and the last page."""
    assert door.post("/enrol", username=invited.username, code=invited.enrolment_code).status_code == 302
    assert door.post("/enrol/password", password=PASSWORD, again=PASSWORD).status_code == 302
    page = door.get("/enrol/authenticator").text
    assert "<svg" in page
    shown = re.search(r"data-secret>([A-Z2-7 ]+)<", page)[1]
    assert {len(group) for group in shown.split()} == {4}, "32 letters in a row are nobody's to copy"
    totp = pyotp.TOTP(shown.replace(" ", ""))
    return totp, door.post("/enrol/authenticator", code=totp.at(clock.at)).text


def test_a_first_chief_enrols_and_sees_the_recovery_key_once(session, door, invited, ward, frozen_clock):
    _, page = enrol(door, invited, frozen_clock)
    shown = re.search(r"data-recovery-key>([^<]+)<", page)[1]
    assert ward.full_name in page
    key = session.get(ward_keys.WardKey, ward.code)
    assert crypto.open_with_recovery(shown, key.recovery_box)
    assert shown not in door.get("/enrol/authenticator", follow_redirects=True).text
    assert door.get("/tips").status_code == 200


def test_password_then_code_then_the_page_that_was_wanted(door, invited, frozen_clock):
    totp, _ = enrol(door, invited, frozen_clock)
    door.post("/sign-out")
    frozen_clock.tick(timedelta(minutes=1))
    refused = door.get("/alerts?view=drafts")
    assert "/sign-in?back=" in refused.location
    door.follow(refused)
    assert door.post("/sign-in", username=" Vinh ", password=PASSWORD).location.endswith("/sign-in/code")
    assert door.get("/tips").status_code == 302, "half a sign-in opens nothing"
    back = door.post("/sign-in/code", code=totp.at(frozen_clock.at))
    assert unquote(back.location) == "/admin/alerts?view=drafts"
    assert door.follow(back).status_code == 200


@pytest.mark.parametrize("form", [{"username": "vinh", "password": "sai"}, {"username": "ai đó", "password": PASSWORD}])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(door, invited, frozen_clock, form):
    enrol(door, invited, frozen_clock)
    door.post("/sign-out")
    page = door.post("/sign-in", **form)
    assert page.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page.text
    assert f'value="{form["username"]}"' in page.text, "what was typed stays, but for the password"
    assert PASSWORD not in page.text
    assert cursor_in(door.get("/sign-in").text) == ["username"]
    assert cursor_in(page.text) == ["password"]


def cursor_in(page: str) -> list[str]:
    """The names of the fields in which a page lets its reader begin."""
    fields = re.findall(r"<input[^>]* autofocus[^>]*>", page)
    return [re.search(r'name="(\w+)"', field)[1] for field in fields]


def test_five_wrong_tries_lock_the_account_and_say_for_how_long(door, invited, frozen_clock):
    enrol(door, invited, frozen_clock)
    door.post("/sign-out")
    for _ in range(5):
        door.post("/sign-in", username="vinh", password="sai")
    page = door.post("/sign-in", username="vinh", password=PASSWORD)
    assert page.status_code == 422
    assert "Thử lại sau 15 phút" in page.text


def test_the_two_passwords_must_be_alike(door, invited):
    door.post("/enrol", username=invited.username, code=invited.enrolment_code)
    page = door.post("/enrol/password", password=PASSWORD, again="khác")
    assert page.status_code == 422
    assert "Hai lần nhập chưa giống nhau" in page.text


def test_an_idle_session_ends_and_leads_back(frozen_clock, officer):
    assert officer.get("/tips").status_code == 200
    frozen_clock.tick(timedelta(minutes=61))
    away = officer.get("/tips?view=mine")
    assert away.status_code == 302
    assert "idle=1" in away.location
    assert "back=/admin/tips?view=mine" in unquote(away.location)


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "/admin/../x", "javascript:alert(1)", "/"])
def test_the_way_back_never_leaves_the_panel(officer, back):
    location = officer.get("/sign-in", query_string={"back": back}).location
    assert location.startswith("/admin/")
    assert ".." not in location


def test_the_cookie_is_kept_from_scripts_and_other_sites(door, invited):
    answer = door.post("/enrol", username=invited.username, code=invited.enrolment_code)
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("binhyen_staff"))
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/admin" in cookie


def test_signing_out_ends_the_session_on_the_server_too(officer, panel):
    token = officer.client.get_cookie("binhyen_staff", path="/admin").value
    officer.post("/sign-out")
    other = panel.test_client()
    other.set_cookie("binhyen_staff", token, path="/admin")
    assert other.get("/tips").status_code == 302


def test_a_form_without_its_token_is_refused(officer):
    page = officer.client.post("/account/language", data={"language": "en"})
    assert page.status_code == 400
    assert "Trang đã cũ" in page.text


def test_a_token_of_another_browser_is_refused(officer, chief):
    page = officer.client.post("/account/language", data={"language": "en", "csrf_token": csrf_of(chief.client)})
    assert page.status_code == 400


def test_htmx_sends_the_token_in_a_header(officer):
    headers = {"X-CSRFToken": csrf_of(officer.client), "HX-Request": "true"}
    assert officer.client.post("/alerts/audience", headers=headers).status_code == 200
    assert officer.client.post("/alerts/audience").status_code == 400


def test_a_part_of_a_page_reloads_the_whole_when_the_session_is_over(visitor):
    part = visitor.get("/alerts", headers={"HX-Request": "true"})
    assert part.status_code == 204
    assert part.headers["HX-Redirect"].startswith("/admin/sign-in")


def test_the_language_can_be_switched_before_and_after_signing_in(session, door, officer):
    door.post("/account/language", language="en", back="/admin/sign-in")
    assert '<html lang="en">' in door.get("/sign-in").text
    officer.post("/account/language", language="en", back="/admin/tips")
    assert '<html lang="en">' in officer.get("/tips").text
    assert session.get(Staff, officer.actor.id).language == "en"


def test_no_page_is_kept_by_a_cache(officer):
    assert officer.get("/tips").headers["Cache-Control"] == "no-store"


def test_a_second_chief_is_not_shown_a_recovery_key(session, door, ward, frozen_clock):
    make.make_staff(session, ward, Role.CHIEF)  # holds the ward's key already
    second = staff.create_staff(
        session, ADMINISTRATOR, username="ha.tran", name="Trần Thị Hà", role=Role.CHIEF, ward_id=ward.code
    )
    _, page = enrol(door, second, frozen_clock)
    assert "data-recovery-key" not in page


def test_with_https_the_cookies_are_bound_to_the_host(monkeypatch, session, invited):
    monkeypatch.setenv("BINHYEN_PUBLIC_URL", "https://binhyen.example")
    config.reset_settings()
    try:
        client = create_app().test_client()
        site = {"base_url": "https://localhost/admin"}
        page = client.get("/enrol", **site).text
        form = {"username": invited.username, "code": invited.enrolment_code, "csrf_token": token_in(page)}
        refused = client.post("/enrol", data=form, **site)
        assert refused.status_code == 400, "over HTTPS a form must say which page it comes from"
        answer = client.post("/enrol", data=form, headers={"Referer": "https://localhost/admin/enrol"}, **site)
        cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-binhyen_staff="))
        assert "Secure" in cookie
        assert "Path=/;" in cookie
        assert answer.headers["Referrer-Policy"] == "same-origin"
    finally:
        monkeypatch.undo()
        config.reset_settings()


@pytest.fixture
def typing(frozen_clock, session, ward, officer):
    """An officer who sends an answer from a tip's page; the answer's words, and what comes back."""
    words = 'Loa ở số nhà nào ạ?\n"Sau 23 giờ" phải không?'
    tip_id = send_tip(session, ward.code).tip.id
    token = token_in(officer.get(f"/tips/{tip_id}?view=mine").text)

    def send(sent_from=f"http://localhost/admin/tips/{tip_id}?view=mine"):
        form = {"text": words, "csrf_token": token}
        return officer.client.post(f"/tips/{tip_id}/reply", data=form, headers={"Referer": sent_from})

    return tip_id, words, send


def told_to_sign_in_again(page, words, back):
    assert page.status_code == 401
    assert "Chữ bạn vừa gõ chưa được gửi" in page.text
    kept = re.search(r"<textarea[^>]* readonly[^>]*>(.*?)</textarea>", page.text, re.DOTALL)[1]
    assert unescape(kept).strip() == words
    assert unquote(unescape(re.search(r'href="(/admin/sign-in[^"]*)"', page.text)[1])) == f"/admin/sign-in?back={back}"
    assert "trang trước" not in page.text
    assert "/reply" not in page.text, "nothing is sent again by itself"


def test_words_typed_while_the_session_ended_are_not_lost(typing, frozen_clock):
    tip_id, words, send = typing
    frozen_clock.tick(timedelta(minutes=61))
    told_to_sign_in_again(send(), words, f"/admin/tips/{tip_id}?view=mine")


def test_nor_when_somebody_signed_out_in_another_tab(officer, typing):
    tip_id, words, send = typing
    officer.post("/sign-out")
    told_to_sign_in_again(send(), words, f"/admin/tips/{tip_id}?view=mine")
    # the page shown was the answer to a form that was refused: its address cannot be opened
    told_to_sign_in_again(send(f"http://localhost/admin/tips/{tip_id}/reply"), words, f"/admin/tips/{tip_id}")


@pytest.mark.parametrize(
    "sent_from", ["", "https://evil.example/admin/tips", "http://[", "http://localhost/api/v1/tips"]
)
def test_the_way_back_after_signing_in_is_told_by_our_own_pages_only(officer, typing, sent_from):
    officer.post("/sign-out")
    assert 'href="/admin/sign-in"' in typing[2](sent_from).text


def test_a_page_that_is_too_old_says_how_to_go_on(officer, typing):
    tip_id, _, send = typing
    with officer.client.session_transaction() as browser:
        browser.pop("csrf_token")
    page = send()
    assert page.status_code == 400
    assert "chữ bạn đang viết sẽ hiện lại" in page.text
    assert f'href="/admin/tips/{tip_id}?view=mine"' in unescape(page.text)
    assert "trang trước" not in page.text


def test_of_two_browsers_with_one_invitation_the_first_is_told_and_led_back(session, door, panel, invited):
    door.post("/enrol", username=invited.username, code=invited.enrolment_code)
    other = Seat(None, panel.test_client())
    other.post("/enrol", username=invited.username, code=invited.enrolment_code)
    for page in (door.post("/enrol/password", password=PASSWORD, again=PASSWORD), door.get("/enrol/authenticator")):
        assert page.status_code == 401
        assert "mã vừa được nhập ở một trình duyệt khác" in page.text
        assert 'action="/admin/enrol"' in page.text
    assert other.post("/enrol/password", password=PASSWORD, again=PASSWORD).status_code == 302


def test_a_wrong_invitation_is_first_to_be_looked_at_again(door, invited):
    page = door.post("/enrol", username=invited.username, code="0000-0000-0000-0000-00").text
    assert "Hãy xem lại từng ký tự" in page
    assert page.index("xem lại từng ký tự") < page.index("nhờ quản trị cấp mã mới")


def test_a_button_pressed_while_the_session_ended_leads_in_and_back(officer, ward, session):
    tip_id = send_tip(session, ward.code).tip.id
    token = csrf_of(officer.client)
    officer.post("/sign-out")
    headers = {"Referer": "http://localhost/admin/tips?view=open"}
    away = officer.client.post("/tips/acknowledge", data={"tip_ids": str(tip_id), "csrf_token": token}, headers=headers)
    assert away.status_code == 302
    assert "back=/admin/tips?view=open" in unquote(away.location)
