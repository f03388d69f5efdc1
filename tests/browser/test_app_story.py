"""The resident's stories besides a tip and an account: choosing a place, reading, an alert that comes."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from backend import clock
from backend.alerts.notices import AlertNotice
from backend.localized import Localized
from notifications.alerts import alert_push
from notifications.tips import update_push
from tests.browser import resident
from tests.browser.conftest import NewPhone
from tests.browser.panel import publish_alert


def _open_first_alert(page: Page) -> str:
    """Returns its headline."""
    first = page.locator("a.alert-card, a.alert-row").first
    headline = first.get_by_role("heading").inner_text()
    first.click()
    expect(page.get_by_role("heading", name=headline, level=1)).to_be_visible()
    return headline


def test_a_visitor_reads_alerts_and_chooses_a_place_without_an_account(phone: Page) -> None:
    phone.goto("/")
    expect(phone.get_by_role("heading", name="Bạn ở phường, xã nào?")).to_be_visible()
    expect(phone.get_by_role("link", name="113 Công an")).to_have_attribute("href", "tel:113")
    shared = phone.request.get(f"/api/v1/alerts?ward={resident.WARD}").json()["items"][0]
    phone.goto(f"/canh-bao/{shared['id']}")  # as a neighbour sent it on
    expect(phone.get_by_role("heading", name=shared["headline"]["vi"], level=1)).to_be_visible()
    expect(phone.get_by_role("heading", name="Việc cần làm")).to_be_visible()

    phone.goto("/")
    phone.get_by_role("button", name="Read in English").click()
    expect(phone.get_by_role("heading", name="Which ward do you live in?")).to_be_visible()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.get_by_role("button", name="Đọc tiếng Việt").click()
    expect(phone.get_by_role("heading", name="Bạn ở phường, xã nào?")).to_be_visible()
    expect(phone.locator("html")).to_have_attribute("lang", "vi")

    phone.get_by_role("link", name="Chọn phường, xã của bạn").click()
    phone.get_by_label("Tên phường").fill("khong co noi nay")
    # what it advises depends on whether this machine has the official list of communes
    expect(
        phone.get_by_text(re.compile("Không thấy “khong co noi nay”. (Thử gõ|Danh sách ở đây mới có)"))
    ).to_be_visible()
    phone.get_by_label("Tên phường").fill("ban mai")
    phone.get_by_role("button", name="Phường Ban Mai").first.click()
    phone.get_by_label("Tìm tổ").fill("to dan pho 7")
    expect(phone.get_by_role("radio", name="Tổ dân phố 8", exact=True)).to_have_count(0)
    phone.get_by_role("radio", name="Tổ dân phố 7", exact=True).check(force=True)
    phone.get_by_role("button", name="Tiếp tục").click()
    resident.allow_notifications(phone)
    expect(phone.locator(".hero__ward")).to_contain_text("Phường Ban Mai", timeout=20_000)
    expect(phone.locator(".hero__ward")).to_contain_text("Tổ dân phố 7")
    headline = _open_first_alert(phone)
    assert headline in phone.title()
    phone.goto("/thong-bao")
    expect(phone.get_by_text("Thông báo đang bật trên máy này.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Thông báo đang bật trên máy này.")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_english_reader_is_answered_in_english_and_may_change_it_on_every_screen(new_phone: NewPhone) -> None:
    page = new_phone("en-GB")
    shared = page.request.get(f"/api/v1/alerts?ward={resident.WARD}").json()["items"][0]
    for path in (f"/canh-bao/{shared['id']}", "/phuong", "/dang-nhap", "/bao-tin", "/tin"):
        page.goto(path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.get_by_role("button", name="Đọc tiếng Việt").click()
        expect(page.get_by_role("button", name="Read in English")).to_be_visible()
        page.reload()  # what was chosen outlives what the browser speaks
        expect(page.locator("html")).to_have_attribute("lang", "vi")
        page.get_by_role("button", name="Read in English").click()
    sizes = page.get_by_role("button", name="Đọc tiếng Việt").bounding_box() or {}
    assert min(sizes["width"], sizes["height"]) >= 48


@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 568)])
def test_emergency_numbers_stay_in_sight_when_the_text_is_twice_as_large(phone: Page, width: int, height: int) -> None:
    phone.set_viewport_size({"width": width, "height": height})
    phone.goto("/phuong")
    resident.choose_place(phone)
    for path in ("/", "/canh-bao", "/bao-tin"):
        phone.goto(path)
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        for number in ("113", "114", "115"):
            expect(phone.locator(f"a[href='tel:{number}']").first).to_be_in_viewport(ratio=1)
        phone.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(phone.locator("a[href='tel:113']").first).to_be_in_viewport(ratio=1)
        assert phone.evaluate("document.documentElement.scrollWidth") <= width


def test_an_alert_for_some_groups_says_for_which(phone: Page) -> None:
    phone.goto("/phuong")
    resident.choose_place(phone, "Tổ dân phố 8")
    phone.goto("/canh-bao")
    expect(phone.get_by_role("link", name="Nhặt được ví")).to_contain_text("Riêng Tổ 8, Tổ 7")
    expect(phone.get_by_role("link", name="Mùa hanh khô")).not_to_contain_text("Riêng")


@pytest.mark.timeout(240)
def test_an_alert_comes_by_itself_is_counted_and_stays_readable_without_a_network(phone: Page, at_desk) -> None:
    phone.goto("/phuong")
    resident.choose_place(phone)
    resident.allow_notifications(phone)
    expect(phone.locator(".hero__ward")).to_contain_text("Phường Ban Mai", timeout=20_000)
    resident.wait_for_worker(phone)

    officer, chief = at_desk("canbo.lan"), at_desk("chihuy.thu")
    headline = f"Nước sông lên nhanh {uuid4().hex[:4]}"
    words = "Nước đã vào ngõ 5, đường ven sông không đi được."
    alert_id = publish_alert(officer, chief, headline, words)
    shown = phone.get_by_role("link", name=headline)
    expect(shown).to_be_visible(timeout=40_000)  # nobody touched the phone
    outbox = chief.context.new_page()
    outbox.goto("/demo/outbox")
    expect(outbox.get_by_text(headline).first).to_be_visible(timeout=20_000)
    assert _reach(chief) == {"received": 0, "opened": 0}

    resident.deliver_push(phone, _alert_push(alert_id, headline, words))
    _expect_reach(chief, received=1, opened=0)
    shown.click()
    expect(phone.get_by_role("heading", name=headline, level=1)).to_be_visible()
    _expect_reach(chief, received=1, opened=1)

    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("heading", name=headline, level=1)).to_be_visible()
    expect(phone.get_by_text(words)).to_be_visible()
    expect(phone.get_by_text(re.compile(r"Không có mạng\. Bản lưu lúc"))).to_be_visible()
    phone.goto("/canh-bao")
    expect(phone.get_by_role("link", name=headline)).to_be_visible()
    phone.context.set_offline(False)


def _alert_push(alert_id: str, headline: str, words: str) -> bytes:
    """What the worker sends for this alert."""
    notice = AlertNotice(
        id=UUID(alert_id),
        tag=UUID(alert_id),
        ward_id=resident.WARD,
        issuer=Localized("Công an phường Ban Mai"),
        area_ids=frozenset(),
        message_type="alert",
        severity="severe",
        is_drill=False,
        headline=Localized(headline),
        description=Localized(words),
        expires=clock.now() + timedelta(days=1),
    )
    return alert_push(notice, "vi", now=clock.now()).json()


def _reach(chief: Page) -> dict[str, int]:
    chief.reload()
    return {part: int(chief.locator(f".funnel .is-{part} b").inner_text()) for part in ("received", "opened")}


def _expect_reach(chief: Page, *, received: int, opened: int) -> None:
    expect(chief.locator(".funnel .is-received b")).to_have_text(str(received), timeout=30_000)
    expect(chief.locator(".funnel .is-opened b")).to_have_text(str(opened), timeout=30_000)


def test_a_push_about_an_alert_says_it_and_one_about_a_tip_says_nothing(phone: Page) -> None:
    phone.context.grant_permissions(["notifications"])
    phone.goto("/")
    alert = phone.request.get(f"/api/v1/alerts?ward={resident.WARD}").json()["items"][0]
    headline = alert["headline"]["vi"]
    resident.deliver_push(phone, _alert_push(alert["id"], headline, "Chuyện gì, ở đâu."))
    _expect_notification(phone, {"title": headline, "body": "Chuyện gì, ở đâu.", "tag": alert["id"]})
    resident.deliver_push(phone, update_push("vi", now=clock.now()).json())
    _expect_notification(phone, {"title": "Bạn có cập nhật mới", "body": "", "tag": "update"})
    resident.deliver_push(phone, update_push("en", now=clock.now()).json())
    _expect_notification(phone, {"title": "You have an update", "body": "", "tag": "update"})
    resident.deliver_push(phone, b"not what we send")
    _expect_notification(phone, {"title": "Bình Yên", "body": "Có tin mới. Bấm để xem.", "tag": "news"})
    assert len(resident.shown_notifications(phone)) == 3  # the second update took the place of the first


def _expect_notification(page: Page, wanted: dict[str, str]) -> None:
    for _ in range(200):
        if wanted in resident.shown_notifications(page):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{wanted} is not among {resident.shown_notifications(page)}")


def test_what_the_reader_chose_outlives_a_list_that_does_not_load(phone: Page) -> None:
    phone.goto("/phuong")
    resident.choose_place(phone)
    phone.get_by_role("button", name="Để sau").click()
    phone.route("**/areas", lambda route: route.abort())
    phone.evaluate("void indexedDB.deleteDatabase('binhyen')")  # the copy on the phone
    phone.goto("/to-dan-pho")
    expect(phone.get_by_role("heading", name="Chưa tải được danh sách tổ")).to_be_visible()
    phone.get_by_role("button", name="Để sau").click()
    phone.goto("/")
    expect(phone.locator(".hero__ward")).to_contain_text("Tổ dân phố 7")
