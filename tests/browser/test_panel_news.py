"""An open tip tells that its reporter has written more; what it is stands there once the page is opened again."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import check_axe
from tests.browser.panel import WORDS, send_tip

MORE = "Tối nay đèn lại nhấp nháy."
IS_ASKING = re.compile(r"/admin/tips/news\?")
NEWS = "Người báo vừa viết thêm."
ANSWER = "Cảm ơn bạn, chúng tôi"
IN_A_HURRY = "{ const real = setInterval; window.setInterval = (act, ms) => real(act, ms / 40); }"  # half a second
IS_IN_SIGHT = """(inner) => {
  const one = inner.getBoundingClientRect();
  const frame = inner.closest(".case__scroll, .mini").getBoundingClientRect();
  return one.top >= frame.top && one.bottom <= frame.bottom + 1;
}"""


def write_more(page: Page, sent: dict, text: str) -> None:
    message = {"receipt": sent["receipt"], "text": text}
    answer = page.request.post("/api/v1/tips/messages", headers={"Idempotency-Key": str(uuid4())}, data=message)
    assert answer.ok, answer.text()


def test_a_message_that_comes_meanwhile_is_told_and_read_when_the_officer_wants_it(at_desk):
    page = at_desk("canbo.lan")
    sent = send_tip(page)
    page.add_init_script(IN_A_HURRY)
    page.goto(f"/admin/tips/find?number={sent['number']}")
    reply = page.get_by_label("Trả lời người báo")
    reply.press_sequentially(ANSWER)
    with page.expect_response(IS_ASKING) as heard:
        pass
    assert heard.value.status == 204
    expect(page.get_by_text(NEWS)).to_have_count(0)
    for number in range(12):
        write_more(page, sent, f"{MORE} Lần {number}.")
    expect(page.get_by_text(NEWS)).to_be_visible()
    expect(reply).to_be_focused()
    expect(reply).to_have_value(ANSWER)
    expect(page.get_by_text(MORE)).to_have_count(0)
    check_axe(page)
    page.get_by_role("button", name="Xem", exact=True).click()
    newest = page.get_by_text("Lần 11.")
    expect(newest).to_be_visible()
    assert newest.evaluate(IS_IN_SIGHT)
    expect(page.get_by_label("Trả lời người báo")).to_have_value(ANSWER)


def test_asking_ends_with_the_session(at_desk):
    page = at_desk("canbo.lan")
    sent = send_tip(page)
    page.add_init_script(IN_A_HURRY)
    page.goto(f"/admin/tips/find?number={sent['number']}")
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.context.clear_cookies(name="binhyen_staff")
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if IS_ASKING.search(answer.url) else None)
    page.wait_for_timeout(2500)
    assert asked in ([302], [204, 302]), "one may have been under way"
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_the_open_tip_stands_in_sight_in_the_list_beside_it(at_desk):
    page = at_desk("canbo.lan")
    page.goto("/admin/tips")
    page.locator("a[data-open-tip]").nth(25).click()
    here = page.locator(".mini [aria-current]")
    expect(here).to_be_visible()
    assert here.evaluate(IS_IN_SIGHT)
    assert page.evaluate("[scrollY, document.querySelector('.case__scroll').scrollTop]") == [0, 0]
