"""What people try who should not be at the panel, and what a page does when its person has gone."""

from datetime import timedelta

import pytest

from backend.permissions import Role
from tests import make
from tests.admin.conftest import csrf_of
from tests.alerts import facts

LONG = "9" * 5000


@pytest.mark.parametrize("form", [{"words": "x" * 2_000_000}, {f"w{n}": "x" for n in range(2000)}])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_huge_form_of_nobody_is_no_fault_of_ours(visitor, method, form):
    answer = visitor.open("/staff", method=method, data=form | {"csrf_token": csrf_of(visitor)})
    assert answer.status_code in (302, 405, 413)


@pytest.fixture
def alert(session, officer, chief):
    return facts.publish(session, officer.actor, chief.actor)


def test_a_huge_form_is_refused_before_it_is_read(visitor):
    answer = visitor.post("/sign-in", data={"csrf_token": csrf_of(visitor), "username": "x" * 2_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "back",
    ["//[", "http://[", "https://evil.example/admin/", "//evil.example", "/admin/../x", "/admin/\\evil.example",
     "/admin/\nx", "/admin/\x7f", "/admin/\rLocation:x", "/admin/" + "x" * 500],
)  # fmt: skip
def test_the_way_back_leads_nowhere_else(chief, back):
    assert chief.get("/sign-in", query_string={"back": back}).location == "/admin/"
    assert chief.post("/account/language", language="vi", back=back).location == "/admin/"


def test_a_long_way_back_makes_no_cookie_that_browsers_drop(visitor):
    answer = visitor.get("/sign-in", query_string={"back": "/admin/" + "x" * 4000})
    assert max(len(cookie) for cookie in answer.headers.getlist("Set-Cookie")) < 1000


@pytest.mark.parametrize("number", [LONG, "9" * 26, "9" * 19, "9" * 18, "2147483648", "-1", "٣", "1e9"])
@pytest.mark.parametrize(
    "address", ["/log?before={}", "/tips/find?number={}", "/tips?cursor=1.{}", "/tips?cursor={}.1",
                "/tips?view=closed&cursor=1.{}", "/tips?cursor=-6213559680{}.1", "/alerts?after={}"],
)  # fmt: skip
def test_numbers_beyond_reason_are_no_fault_of_ours(chief, address, number):
    assert chief.get(address.format(number)).status_code in (200, 302)


@pytest.mark.parametrize("query", ["cursor=9999999999999999999999", "cursor=%00", "cursor=", "q=%00&cursor=99001"])
def test_a_list_of_wards_that_is_asked_from_nowhere_is_no_fault_of_ours(session, ward, sit, query):
    administrator = sit(make.make_staff(session, None, Role.ADMINISTRATOR))
    assert administrator.get(f"/wards?{query}").status_code in (200, 422)


def test_a_page_that_refreshes_itself_does_not_keep_the_session_awake(frozen_clock, chief, alert):
    for _ in range(7):
        frozen_clock.tick(timedelta(minutes=9))
        answer = chief.get(f"/alerts/{alert.id}/reach", headers={"HX-Request": "true"})
    assert "/sign-in" in answer.headers["HX-Redirect"]
    assert chief.get("/alerts").status_code == 302


def test_work_does(frozen_clock, chief):
    for _ in range(7):
        frozen_clock.tick(timedelta(minutes=9))
        assert chief.get("/alerts").status_code == 200


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/account/password", {"old": "bí mật cũ", "password": "bí mật mới", "again": "bí mật mới"}),
        ("/staff/restore", {"recovery_key": "bí mật in ra"}),
    ],
)
def test_secrets_typed_while_the_session_ended_are_not_kept_in_the_page(frozen_clock, chief, address, form):
    frozen_clock.tick(timedelta(minutes=61))
    answer = chief.post(address, **form)
    assert (answer.status_code, "bí mật" in answer.text) == (302, False)
