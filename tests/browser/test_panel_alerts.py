"""The story of an alert at the desk: written, approved by somebody else, on the phones; axe on every screen."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import check_axe
from tests.browser.panel import WARD, submit_alert


def test_an_alert_goes_from_an_officer_over_a_chief_to_the_phones(at_desk, site):
    officer, chief = at_desk("canbo.lan"), at_desk("chihuy.minh")
    device = {"kind": "fcm_token", "token": f"panel-{uuid4().hex}", "language": "vi", "ward_code": WARD}
    assert officer.request.put("/api/v1/me/devices", data=device).ok
    officer.goto("/admin/alerts")
    check_axe(officer)
    officer.get_by_role("link", name="Viết cảnh báo").first.click()
    headline = f"Giả danh điện lực đòi chuyển khoản {uuid4().hex[:4]}"
    officer.get_by_label("Tiêu đề", exact=False).first.fill(headline)
    officer.get_by_role("button", name="Lưu và gửi duyệt").click()
    expect(officer.get_by_text("Cần viết mục này bằng tiếng Việt.")).to_be_visible()
    expect(officer.locator("#headline_vi")).to_have_value(headline)
    officer.locator("#description_vi").fill("Điện lực không thu tiền qua tài khoản cá nhân.")
    officer.locator("[name=instructions_vi]").first.fill("Tắt máy, gọi tổng đài điện lực.")
    officer.get_by_role("button", name="Thêm một câu").click()
    officer.keyboard.type("Lỡ chuyển tiền: gọi ngân hàng.")
    officer.get_by_role("button", name="7 ngày").click()
    expect(officer.locator("[data-handset] .handset__title")).to_have_text(headline)
    expect(officer.locator("[data-handset] ol li")).to_have_count(2)
    officer.get_by_role("button", name="Ban đêm").click()
    expect(officer.locator(".handset__screen")).to_have_attribute("data-scheme", "dark")
    expect(officer.locator("#audience").get_by_text("máy sẽ được báo")).to_be_visible()
    check_axe(officer)
    officer.get_by_role("button", name="Lưu và gửi duyệt").click()
    expect(officer.get_by_text("Đã gửi duyệt.")).to_be_visible()
    expect(officer.get_by_role("button", name="Duyệt bản này")).to_have_count(0)

    chief.goto("/admin/alerts?view=waiting")
    chief.get_by_role("link", name=headline).click()
    expect(chief.locator("article").get_by_text("Lỡ chuyển tiền: gọi ngân hàng.")).to_be_visible()
    check_axe(chief)
    chief.get_by_role("button", name="Duyệt bản này và phát").click()
    expect(chief.get_by_text("Đã duyệt và phát.")).to_be_visible()
    alert_id = chief.url.rsplit("/", 1)[-1]
    feed = chief.request.get(f"/api/v1/alerts/{alert_id}").json()
    assert feed["headline"]["vi"] == headline
    opened = {"event": "opened", "reader": str(uuid4())}
    assert chief.request.post(f"/api/v1/alerts/{alert_id}/receipts", data=opened).ok
    expect(chief.locator(".funnel .is-opened b")).to_have_text("1", timeout=20_000)
    check_axe(chief)
    _wait_for(lambda: any(one.target == device["token"] for one in list(site.fcm.accepted)))


def test_a_chief_finds_what_waits_for_approval(at_desk):
    officer, chief = at_desk("canbo.lan"), at_desk("chihuy.minh")
    headline = f"Cầu Ban Mai ngập {uuid4().hex[:4]}"
    submit_alert(officer, headline, "Nước đã quá mặt cầu.")
    chief.goto("/admin/")
    told = chief.get_by_text("chờ bạn duyệt")
    expect(told).to_be_visible()
    expect(chief.locator(".rail").get_by_role("link", name=re.compile(r"Cảnh báo ?, \d+ việc chờ"))).to_be_visible()
    check_axe(chief)
    chief.get_by_role("link", name="Xem và duyệt").click()
    expect(chief.get_by_role("link", name=headline)).to_be_visible()
    officer.goto("/admin/")
    expect(officer.get_by_text("chờ bạn duyệt")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 720, 860])
def test_the_editor_fills_a_narrow_screen(at_desk, width):
    page = at_desk("canbo.lan")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/alerts/new")
    for part in ("main", "#editor", ".stage", ".side"):
        assert (page.locator(part).first.bounding_box() or {})["width"] >= width - 40, part
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _wait_for(fact: Callable[[], bool], seconds: float = 20) -> None:
    limit = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.2)


def test_a_text_that_is_too_long_is_kept_whole_and_told(at_desk):
    officer = at_desk("canbo.lan")
    officer.goto("/admin/alerts/new")
    headline, counter = officer.locator("#headline_vi"), officer.locator("#headline_vi-left")
    long = "Giả danh " * 11 + "công an"
    headline.focus()
    officer.keyboard.insert_text(long)  # as pasted: the browser holds it against maxlength
    expect(headline).to_have_value(long)
    expect(counter).to_have_text("thừa 16 ký tự")
    check_axe(officer)
    officer.get_by_role("button", name="Lưu nháp").click()
    expect(officer.get_by_text("Nhiều nhất 90 ký tự.")).to_be_visible()
    expect(headline).to_have_value(long)
    headline.fill(long[:90])
    expect(counter).to_have_text("còn 0 ký tự")


def test_heads_stand_over_their_columns(at_desk):
    chief = at_desk("chihuy.minh")
    for path in ("/admin/account", "/admin/staff", "/admin/log", "/admin/alerts", "/admin/tips"):
        chief.goto(path)
        begins = "(cell) => cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).paddingLeft)"
        rows = [chief.locator(f"table tr:has({cell})").first.locator(cell).all() for cell in ("th", "td")]
        heads, cells = ([one.evaluate(begins) for one in row] for row in rows)
        assert heads == cells, path
