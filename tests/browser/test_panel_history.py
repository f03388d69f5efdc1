"""A form that was refused leaves no trap in the history: going back opens its page, with what was typed."""

from playwright.sync_api import expect

from tests.browser.conftest import check_axe
from tests.browser.panel import send_tip

BACK = "Đã lấy lại chữ bạn đang viết."


def test_going_back_to_a_refused_alert_opens_the_editor_with_its_words(at_desk):
    page = at_desk("canbo.lan")
    page.goto("/admin/alerts/new")
    page.locator("#headline_vi").fill("Giả danh thợ sửa nước")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.locator("#description_vi-error")).to_be_visible()
    expect(page.locator("#description_vi")).to_be_focused()
    page.get_by_role("link", name="Tin báo").click()
    page.go_back()
    expect(page.locator("#headline_vi")).to_have_value("Giả danh thợ sửa nước")
    expect(page.get_by_text(BACK)).to_be_visible()
    check_axe(page)
    page.reload()
    expect(page.locator("#headline_vi")).to_have_value("Giả danh thợ sửa nước")
    page.locator("#description_vi").fill("Công ty nước không thu tiền tại nhà.")
    page.locator("[name=instructions_vi]").first.fill("Không mở cửa.")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_text("Đã lưu nháp.")).to_be_visible()
    page.goto("/admin/alerts/new")
    expect(page.locator("#headline_vi")).to_have_value("")


def test_a_refused_answer_leaves_the_tip_s_own_address_and_the_words_of_the_decision(at_desk):
    page = at_desk("canbo.lan")
    sent = send_tip(page)
    page.goto(f"/admin/tips/find?number={sent['number']}")
    tip = page.url
    page.locator(".verdict").first.click()
    page.get_by_label("Lý do").fill("Đã nhận, tối nay đi xem.")
    reply = page.get_by_label("Trả lời người báo")
    reply.fill("Chúng tôi đã xem […].")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("chưa điền")).to_be_visible()
    expect(page).to_have_url(tip)
    expect(reply).to_be_focused()
    expect(page.get_by_label("Lý do")).to_have_value("Đã nhận, tối nay đi xem.")
    page.get_by_role("link", name="Cảnh báo").click()
    page.go_back()
    expect(page).to_have_url(tip)
    expect(reply).to_have_value("Chúng tôi đã xem […].")
    expect(page.get_by_label("Lý do")).to_have_value("Đã nhận, tối nay đi xem.")
    reply.fill("Chúng tôi đã xem tận nơi.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã gửi trả lời.")).to_be_visible()
    expect(reply).to_have_value("")
