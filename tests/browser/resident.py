"""Hands for the stories of the residents' app: choosing a place, and signing in with the code of the demo's outbox."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

WARD = "99001"


def choose_place(page: Page, area: str = "Tổ dân phố 7") -> None:
    """From the ward picker over the residential group to the question about notifications."""
    page.get_by_label("Tên phường").fill("ban mai")
    page.get_by_role("button", name="Phường Ban Mai").first.click()
    page.get_by_role("radio", name=area, exact=True).check(force=True)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", name="Nhận cảnh báo ngay")).to_be_visible()


def allow_notifications(page: Page) -> None:
    """On the screen that asks: the browser says yes, its push service is silent, the demo's own address is used."""
    page.context.grant_permissions(["notifications"])
    page.get_by_role("button", name="Bật thông báo").click()


def ask_code(page: Page, phone: str) -> str:
    """On the first step of signing in: give `phone`, ask for the code and read it in the demo's outbox."""
    page.get_by_label("Số điện thoại").fill(phone)
    page.get_by_role("button", name="Gửi mã cho tôi").click()
    expect(page.get_by_role("heading", name="Nhập mã 6 số")).to_be_visible()
    return code_for(page.context, phone)


def code_for(context: BrowserContext, phone: str) -> str:
    """The code that was texted to `phone`, as the outbox shows it."""
    outbox = context.new_page()
    outbox.goto("/demo/outbox")
    international = "+84" + phone.replace(" ", "")[1:]
    entry = outbox.locator("ol.sent > li", has_text=international).first
    expect(entry).to_be_visible()  # the page looks again by itself
    found = re.search(r": (\d{6})\.", entry.inner_text())
    assert found
    outbox.close()
    return found.group(1)


def sign_in(page: Page, phone: str) -> None:
    page.goto("/dang-nhap")
    page.get_by_label("Mã trong tin nhắn").fill(ask_code(page, phone))
    page.wait_for_url("**/cua-toi")


WORKER = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
  return worker?.state ?? "none";
}"""


def wait_for_worker(page: Page) -> None:
    """From here on the app opens without a network and hears pushes."""
    state = ""
    for _ in range(600):  # its files come after the screen's, and again when one of them was lost
        state = page.evaluate(WORKER)
        if state == "activated":
            return
        page.wait_for_timeout(100)
    pytest.fail(f"after a minute the service worker is still: {state}")


def deliver_push(page: Page, payload: bytes) -> None:
    """A push of the browser's push service to the app's service worker."""
    wait_for_worker(page)
    worker = page.context.new_cdp_session(page)
    registrations: list[str] = []
    worker.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(one["registrationId"] for one in event["registrations"]),
    )
    worker.send("ServiceWorker.enable")
    for _ in range(200):
        if registrations:
            break
        page.wait_for_timeout(100)
    origin = re.match(r"https?://[^/]+", page.url)
    assert registrations
    assert origin
    message = {"origin": origin[0], "registrationId": registrations[-1], "data": payload.decode()}
    worker.send("ServiceWorker.deliverPushMessage", message)
    worker.detach()


SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
}"""


def shown_notifications(page: Page) -> list[dict[str, str]]:
    """What the phone shows above every app: title, body and tag of each notification."""
    return page.evaluate(SHOWN)
