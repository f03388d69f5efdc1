"""Every screen: accessible in both languages, by day and by night; a Vietnamese one without a word of English."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Desk, Site, check_axe
from tests.browser.panel import send_tip
from tests.browser.screens import open_quiet_wards, screens, tip_screens
from tests.browser.wording import check_vietnamese

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ALERT = re.compile(rf"/admin/alerts/{UUID.pattern}")
MOST_PAGES = 80


@pytest.fixture(scope="module")
def _quiet_wards(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    open_quiet_wards(site, tmp_path_factory.mktemp("wards"))


class Faults:
    """All faults of a walk are told at its end, not the first alone."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def note(self, where: str, check: Callable[[Page], None], page: Page) -> None:
        try:
            check(page)
        except AssertionError as fault:
            self._told.append(f"{where}: {str(fault).splitlines()[0]}")

    def tell(self) -> None:
        assert not self._told, "\n".join(self._told)


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("_quiet_wards")
@pytest.mark.parametrize(("language", "number"), [("vi", "0550 000 111"), ("en", "0550 000 112")])
def test_the_app_is_accessible_by_day_and_by_night(phone: Page, language: str, number: str) -> None:
    phone.goto("/")
    phone.evaluate("language => localStorage.setItem('language', language)", language)
    faults = Faults()
    seen = 0
    for name in screens(phone, number):
        seen += 1
        assert phone.evaluate("document.documentElement.lang") == language
        for scheme in ("light", "dark"):
            phone.emulate_media(color_scheme=scheme)
            faults.note(f"{name}, {scheme}", check_axe, phone)
        if language == "vi":
            faults.note(name, check_vietnamese, phone)
    assert seen > 35
    faults.tell()


def test_the_tip_flow_speaks_no_english_to_a_vietnamese(phone: Page) -> None:
    faults = Faults()
    for name in tip_screens(phone):
        faults.note(name, check_vietnamese, phone)
    faults.tell()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("username", ["canbo.lan", "chihuy.thu", "quantri", "tinh.khanh", "mttq.hoa"])
def test_the_panel_speaks_no_english_to_a_vietnamese(at_desk: Desk, username: str) -> None:
    page = at_desk(username)
    if username == "canbo.lan":
        send_tip(page)
    faults = Faults()
    waiting, known = ["/admin/", "/admin/account", "/admin/log?check=1", "/admin/staff", "/admin/nowhere"], set[str]()
    while waiting and len(known) < MOST_PAGES:
        path = waiting.pop(0)
        page.goto(path)
        known.add(_shape(path))
        faults.note(path, check_vietnamese, page)
        for link in page.locator("a[href^='/admin']:not([download], [href^='/admin/static'])").all():
            there = link.get_attribute("href") or ""
            if _shape(there) not in known | {_shape(other) for other in waiting}:
                waiting.append(there)
    assert len(known) > (25 if username in ("canbo.lan", "chihuy.thu") else 4)
    faults.tell()


def _shape(path: str) -> str:
    """The same for lists sifted differently, for two tips and for two editors; every alert has its own."""
    parts = urlsplit(path)
    view = re.search(r"view=\w+", parts.query)
    place = parts.path if ALERT.fullmatch(parts.path) else UUID.sub("*", parts.path)
    return f"{place}?{view[0] if view else ''}"


def test_the_panel_refuses_in_vietnamese(at_desk: Desk, desk: Page) -> None:
    page = at_desk("canbo.lan")
    page.goto("/admin/alerts/new")
    for button in ("3 giờ nữa", "Lưu và gửi duyệt"):
        page.get_by_role("button", name=button).click()
    expect(page.get_by_text("Cần viết mục này bằng tiếng Việt.").first).to_be_visible()
    check_vietnamese(page)
    page.goto("/admin/account")
    page.locator("form[action$='/password'] button").click()
    check_vietnamese(page)
    for path in ("/admin/sign-in", "/admin/enrol"):
        desk.goto(path)
        check_vietnamese(desk)
        desk.locator("main form button, form[method=post] button").first.click()
        check_vietnamese(desk)
    desk.goto("/admin/sign-in")
    desk.get_by_label("Tên đăng nhập").fill("khong.co.ai")
    desk.get_by_label("Mật khẩu").fill("khong phai mat khau")
    desk.get_by_role("button", name="Tiếp tục").click()
    check_vietnamese(desk)
    desk.goto("/demo/")
    check_vietnamese(desk)


def test_english_on_a_vietnamese_screen_is_seen(phone: Page) -> None:
    phone.goto("/")
    check_vietnamese(phone)
    plant = """([name, text]) => {
      const planted = document.querySelector("main").appendChild(document.createElement("p"));
      planted[name] = text;
    }"""
    planted = {"textContent": "You are offline.", "title": "To the home screen", "ariaLabel": "Seen by the desk"}
    for name, text in planted.items():
        phone.evaluate(plant, [name, text])
        with pytest.raises(AssertionError, match=text[:-1].casefold()):
            check_vietnamese(phone)
        phone.locator("main > p").last.evaluate("planted => planted.remove()")
    check_vietnamese(phone)
