"""A session that ends while somebody is typing costs nobody their words, and nobody else gets to see them."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import check_axe
from tests.browser.panel import WORDS, send_tip

ANSWER = "Cảm ơn bạn. Tối nay tổ tuần tra sẽ đi qua ngõ 12."
BACK = "Đã lấy lại chữ bạn đang viết."


def kept(page: Page) -> str:
    """All that the tab keeps of what was typed."""
    return page.evaluate("() => Object.entries(sessionStorage).filter(([key]) => key.startsWith('draft/')).join()")


@contextmanager
def signed_out_elsewhere(page: Page, *names: str):
    """As after signing out in another tab (all cookies are others), or after an idle hour (the session's alone)."""
    cookies = page.context.cookies()
    for name in names:
        page.context.clear_cookies(name=name)
    yield
    page.context.add_cookies(cookies)


@pytest.fixture
def answering(at_desk) -> Page:
    """A tip's page with an answer half written."""
    page = at_desk("canbo.lan")
    sent = send_tip(page)
    page.goto(f"/admin/tips/find?number={sent['number']}")
    page.get_by_label("Trả lời người báo").press_sequentially(ANSWER)
    return page


@pytest.mark.parametrize("names", [("binhyen_staff",), ("binhyen_staff", "binhyen_panel")])
def test_an_answer_survives_a_session_that_ended_and_is_forgotten_once_it_is_sent(answering, names):
    page, tip = answering, answering.url
    assert ANSWER in kept(page)
    with signed_out_elsewhere(page, *names):
        page.get_by_role("button", name="Gửi trả lời").click()
        expect(page.get_by_role("heading", name="Phiên làm việc đã hết")).to_be_visible()
        page.get_by_text("Xem chữ vừa gõ").click()
        expect(page.get_by_label("Chữ vừa gõ")).to_have_value(ANSWER)
        check_axe(page)
        page.get_by_role("link", name="Đăng nhập lại").click()
        expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    page.reload()  # by now they have signed in
    expect(page).to_have_url(tip)
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.get_by_label("Trả lời người báo")).to_have_value(ANSWER)
    check_axe(page)
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_text("Đã gửi trả lời.")).to_be_visible()
    expect(page.get_by_label("Trả lời người báo")).to_have_value("")
    expect(page.get_by_text(BACK)).to_have_count(0)
    assert kept(page) == ""


def test_kept_words_can_be_dropped_and_another_account_finds_none(answering):
    page = answering
    page.reload()
    page.get_by_role("button", name="Bỏ chữ này").click()
    expect(page.get_by_label("Trả lời người báo")).to_have_value("")
    assert kept(page) == ""
    page.reload()
    expect(page.get_by_text(BACK)).to_have_count(0)
    page.evaluate("() => sessionStorage.setItem('draft/somebody-else/admin/tips/1/reply', '{}')")
    page.reload()
    assert kept(page) == ""


def test_signing_out_leaves_no_words(answering):
    page = answering
    page.route("**/sign-out", lambda route: route.fulfill(status=204))  # the next tests still want this session
    page.locator("summary.who").click()
    page.get_by_role("button", name="Đăng xuất").click(no_wait_after=True)
    page.wait_for_function("() => !Object.keys(sessionStorage).some((key) => key.startsWith('draft/'))")


def test_no_word_of_a_tip_is_kept(answering):
    assert WORDS in answering.locator("main").inner_text()
    assert WORDS not in answering.evaluate("() => JSON.stringify([sessionStorage, localStorage])")


def test_an_alert_half_written_comes_back_whole(at_desk):
    page = at_desk("canbo.lan")
    page.goto("/admin/alerts/new")
    page.get_by_text("Lừa đảo", exact=False).first.click()
    page.locator("#headline_vi").fill("Giả danh thợ sửa điện")
    page.locator("#said_vi").fill("Đồng hồ điện nhà bác hỏng rồi")
    page.locator("[name=instructions_vi]").first.fill("Không mở cửa.")
    page.get_by_role("button", name="Thêm một câu").first.click()
    page.locator("[name=instructions_vi]").nth(1).fill("Gọi điện lực.")
    page.get_by_role("radio", name="Nguy hiểm").check(force=True)
    page.get_by_role("button", name="7 ngày").click()
    ends = page.locator("#expires").input_value()
    page.goto("/admin/alerts")
    page.goto("/admin/alerts/new")
    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.locator("#headline_vi")).to_have_value("Giả danh thợ sửa điện")
    expect(page.locator("#said_vi")).to_be_visible()
    expect(page.locator("[name=instructions_vi]")).to_have_count(2)
    expect(page.locator("[name=instructions_vi]").nth(1)).to_have_value("Gọi điện lực.")
    expect(page.get_by_role("radio", name="Nguy hiểm")).to_be_checked()
    expect(page.locator("#expires")).to_have_value(ends)
    expect(page.locator("[data-handset] .handset__title")).to_have_text("Giả danh thợ sửa điện")
    check_axe(page)
    page.get_by_role("button", name="Bỏ chữ này").click()
    expect(page.locator("#headline_vi")).to_have_value("")
    page.reload()
    expect(page.get_by_text(BACK)).to_have_count(0)
