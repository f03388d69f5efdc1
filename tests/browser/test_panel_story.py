"""The stories of the officer and the chief, played in a real browser against the whole site; axe on every screen."""

import re

import pyotp
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, check_axe
from tests.browser.panel import WORDS, open_with_receipt, send_tip


def test_an_officer_opens_acknowledges_and_answers_by_keyboard(at_desk):
    page = at_desk("canbo.lan")
    sent = send_tip(page)
    page.goto("/admin/tips?view=to_acknowledge&category=infrastructure")
    assert WORDS not in page.content()
    check_axe(page)
    page.keyboard.press("/")
    page.keyboard.type(str(sent["number"]))
    page.keyboard.press("Enter")
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("việc đọc được ghi lại")).to_be_visible()
    assert WORDS not in page.title()
    photo = page.locator(".told__photos img")
    expect(photo).to_have_js_property("naturalWidth", 300)
    expect(page.locator(".map svg path").first).to_be_visible()
    check_axe(page)
    page.keyboard.press("a")
    expect(page.get_by_label("Lý do")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã ghi quyết định.")).to_be_visible()
    page.get_by_role("button", name="Ẩn thông báo").click()
    page.keyboard.press(";")
    page.get_by_role("button", name="Đang xác minh", exact=True).click()
    reply = page.get_by_label("Trả lời người báo")
    expect(reply).to_be_focused()
    page.keyboard.type("cột đèn số 7")
    page.get_by_role("button", name="Trả lời và bắt đầu xác minh").click()
    expect(page.locator(".case__head").get_by_text("Đang xác minh")).to_be_visible()
    seen = open_with_receipt(page, sent["receipt"])
    assert seen["status"] == "verifying"
    assert any("cột đèn số 7" in (step["text"] or "") for step in seen["trail"])


def test_a_template_is_chosen_without_a_mouse(at_desk):
    page = at_desk("canbo.lan")
    sent = send_tip(page)
    page.goto(f"/admin/tips/find?number={sent['number']}")
    page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã ghi quyết định.")).to_be_visible()
    reply, menu = page.get_by_label("Trả lời người báo"), page.locator(".reply details.menu")
    page.locator("button[data-large]").focus()
    page.keyboard.press(";")
    first = menu.get_by_role("button").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(menu.get_by_role("button").last).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("v")  # keys belong to the menu now
    expect(first).to_be_focused()
    check_axe(page)
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(page.locator("button[data-large]")).to_be_focused()
    page.keyboard.press(";")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(reply).to_be_focused()
    expect(reply).to_have_value(re.compile("chi tiết này rất giúp ích"))
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(reply).to_be_focused()


def test_the_queue_moves_selects_and_opens_with_keys(at_desk):
    page = at_desk("canbo.lan")
    for _ in range(2):
        send_tip(page)
    page.goto("/admin/tips")
    rows = page.locator("tr[data-row]")
    expect(rows.nth(0)).to_have_class("is-focus")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class("is-focus")
    expect(page.locator("[data-peek]").get_by_text("Nội dung đang niêm phong")).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_text("1 tin đã chọn")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.get_by_text("2 tin đã chọn")).to_be_visible()
    page.get_by_role("button", name="Bỏ chọn").click()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Phím tắt")).to_be_visible()
    check_axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_text("việc đọc được ghi lại")).to_be_visible()


def test_a_photo_opens_large_and_closes_with_a_key(at_desk):
    page = at_desk("canbo.lan")
    sent = send_tip(page)
    page.goto(f"/admin/tips/find?number={sent['number']}")
    page.get_by_role("button", name="Ảnh 1, xem lớn").click()
    large = page.locator("dialog.viewer img")
    expect(large).to_have_js_property("naturalHeight", 400)
    page.keyboard.press("Escape")
    expect(large).not_to_be_visible()


def test_a_chief_closes_with_a_reason_the_reporter_reads(at_desk):
    officer, chief = at_desk("canbo.lan"), at_desk("chihuy.minh")
    sent = send_tip(officer)
    officer.goto(f"/admin/tips/find?number={sent['number']}")
    officer.keyboard.press("a")
    officer.keyboard.press("Control+Enter")
    expect(officer.get_by_text("Đã ghi quyết định.")).to_be_visible()
    officer.keyboard.press("v")
    officer.keyboard.press("Control+Enter")
    expect(officer.get_by_text("Đóng tin là việc của chỉ huy.")).to_be_visible()
    chief.goto(f"/admin/tips/find?number={sent['number']}")
    chief.keyboard.press("r")
    chief.get_by_role("button", name="Đã xử lý xong").click()
    chief.keyboard.type("đèn đã được thay")
    chief.keyboard.press("Control+Enter")
    expect(chief.get_by_text("Đã ghi quyết định.")).to_be_visible()
    expect(chief.get_by_text("Tin đã khép lại")).to_be_visible()
    check_axe(chief)
    seen = open_with_receipt(chief, sent["receipt"])
    assert seen["status"] == "resolved"
    assert "đèn đã được thay" in seen["trail"][-1]["reason"]


def test_a_reason_belongs_to_its_decision(at_desk):
    chief = at_desk("chihuy.minh")
    sent = send_tip(chief)
    chief.goto(f"/admin/tips/find?number={sent['number']}")
    chief.keyboard.press("a")
    chief.keyboard.press("Control+Enter")
    expect(chief.get_by_text("Đã ghi quyết định.")).to_be_visible()
    reason = chief.get_by_label("Lý do")
    chief.keyboard.press("v")
    expect(reason).to_have_value(re.compile("Chúng tôi bắt đầu xác minh"))
    chief.keyboard.press("Control+Enter")
    chief.get_by_text("Đã giải quyết…").wait_for()
    chief.keyboard.press("r")
    chief.get_by_role("button", name="Đã nhắc nhở, khắc phục").click()
    expect(reason).to_have_value(re.compile("đã được nhắc nhở"))
    chief.keyboard.press("Escape")
    chief.keyboard.press("i")
    expect(reason).to_have_value("")
    chief.keyboard.press("Control+Enter")
    expect(chief.get_by_text("Cần viết lý do; người báo sẽ đọc nguyên văn.")).to_be_visible()
    reason.fill("Đèn đã sáng lại.")
    chief.keyboard.press("Escape")
    chief.keyboard.press("r")
    expect(reason).to_have_value("Đèn đã sáng lại.")


def test_a_newcomer_enrols_and_waits_for_a_grant(browser, site, at_desk):
    newcomer = next(person for person in site.accounts.staff if person.enrol_code)
    context = browser.new_context(base_url=site.url, viewport=DESK, locale="vi-VN")
    page = context.new_page()
    page.goto("/admin/sign-in")
    check_axe(page)
    page.get_by_role("link", name="Đăng nhập lần đầu").click()
    page.get_by_label("Tên đăng nhập").fill(newcomer.username)
    page.get_by_label("Mã kích hoạt").fill(newcomer.enrol_code or "")
    check_axe(page)
    page.get_by_role("button", name="Tiếp tục").click()
    for label in ("Mật khẩu mới", "Nhập lại mật khẩu mới"):
        page.get_by_label(label, exact=True).fill("con mèo nằm trên mái ngói")
    page.get_by_role("button", name="Tiếp tục").click()
    secret = page.locator("[data-secret]").inner_text().replace(" ", "")
    check_axe(page)
    page.get_by_label("Mã 6 số").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Xong").click()
    expect(page.get_by_role("heading", name="tin đang mở")).to_be_visible()
    expect(page.get_by_text("Bạn chưa được mở tin.")).to_be_visible()
    expect(page.locator("a[data-open-tip]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("[data-peek]").get_by_text("sau khi chỉ huy cấp quyền")).to_be_visible()
    check_axe(page)

    chief = at_desk("chihuy.minh")
    chief.goto("/admin/staff")
    check_axe(chief)
    row = chief.get_by_role("row").filter(has_text=newcomer.username)
    row.get_by_role("button", name="Cấp quyền").click()
    expect(chief.get_by_text("Đã cấp quyền mở tin.")).to_be_visible()
    page.reload()
    page.locator("a[data-open-tip]").first.click()
    expect(page.get_by_text("việc đọc được ghi lại")).to_be_visible()
    context.close()


def test_every_other_screen_is_accessible(at_desk):
    chief = at_desk("chihuy.minh")
    for path in (
        "/admin/account",
        "/admin/log?check=1",
        "/admin/tips?view=closed",
        "/admin/alerts/new",
        "/admin/nowhere",
    ):
        chief.goto(path)
        check_axe(chief)
    chief.goto("/admin/log?check=1")
    expect(chief.get_by_text("Chuỗi nguyên vẹn.")).to_be_visible()
    administrator = at_desk("quantri")
    for path in ("/admin/staff", "/admin/staff/new", "/admin/wards?q=ban mai", "/admin/tips"):
        administrator.goto(path)
        check_axe(administrator)
    expect(administrator.get_by_text("không dành cho tài khoản của bạn")).to_be_visible()


def test_the_panel_works_on_a_phone_and_in_english(at_desk):
    page = at_desk("canbo.lan")
    page.set_viewport_size(PHONE)
    page.goto("/admin/tips")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("a[data-open-tip]").first.click()
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("details.menu > summary.who").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    check_axe(page)
    page.locator("details.menu > summary.who").click()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
