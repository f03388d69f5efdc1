"""Every screen of the residents' app, one after the other, found by where it is and not by the words it uses."""

import subprocess
import sys
from collections.abc import Iterator
from os import environ
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Site
from tests.browser.panel import WARD
from tests.browser.resident import code_for

NEXT = "button[type=submit], .actions .btn"


def open_quiet_wards(site: Site, folder: Path) -> None:
    """Two more wards: 99002 has joined and said nothing yet, 99003 has not joined."""
    file = folder / "communes.csv"
    file.write_text(
        "province_code,province_name,commune_code,commune_name,commune_kind,commune_full_name\n"
        "99,Tỉnh Minh Họa,99002,Đồi Thông,Xã,Xã Đồi Thông\n"
        "99,Tỉnh Minh Họa,99003,Bến Lặng,Xã,Xã Bến Lặng\n",
        encoding="utf-8",
    )
    environment = environ | {"BINHYEN_DATABASE_URL": site.database_url, "BINHYEN_DATA_DIR": str(folder)}
    for arguments in (["import", str(file)], ["activate", "99002"]):
        command = [sys.executable, "-m", "binhyen", "wards", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def screens(page: Page, phone: str) -> Iterator[str]:
    """Leads `page` from screen to screen and names each when it stands still; `phone` signs in on the way."""
    for path in ("/", "/canh-bao", "/thong-bao", "/cua-toi", "/cua-toi/ten", "/gioi-thieu", "/khong-co-trang-nay"):
        yield _at(page, path)
    yield from _places(page)
    yield from _alerts(page)
    yield from _account(page, phone)


def _at(page: Page, path: str) -> str:
    page.goto(path)
    _settle(page)
    return path


def _settle(page: Page) -> None:
    expect(page.locator("main[tabindex='-1']")).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.locator(".skeleton")).to_have_count(0)


def _places(page: Page) -> Iterator[str]:
    yield _at(page, "/phuong")
    for words in ("khong co noi nay", "ban mai"):
        page.locator("input[type=search]").fill(words)
        expect(page.locator("main")).to_contain_text("Ban Mai" if words == "ban mai" else words)
        yield f"ward picker: {words}"
    for name in ("Bến Lặng", "Đồi Thông", "Ban Mai"):
        page.goto("/phuong")
        page.locator("input[type=search]").fill(name)
        page.locator("button.line-item", has_text=name).click()
        if name != "Bến Lặng":
            page.wait_for_url("**/to-dan-pho")
            _settle(page)
            yield f"area picker: {name}"
        yield _at(page, "/") + f" of {name}"
        yield _at(page, "/canh-bao") + f" of {name}"
    page.goto("/to-dan-pho")
    page.locator("input[type=search]").fill("khong co to nay")
    yield "area picker: nothing found"
    page.locator("input[type=search]").fill("")
    page.locator("input[type=radio]").nth(3).check(force=True)
    yield "area picker: chosen"
    page.locator(NEXT).click()
    page.wait_for_url("**/thong-bao")
    yield "asking for notifications"


def _alerts(page: Page) -> Iterator[str]:
    found = page.request.get(f"/api/v1/alerts?ward={WARD}&limit=50").json()["items"]
    for alert in found:
        yield _at(page, f"/canh-bao/{alert['id']}")
    page.goto(f"/canh-bao/{found[0]['id']}")
    page.locator(".actions .btn").first.click()
    yield "an alert that was read"
    yield _at(page, "/canh-bao/00000000-0000-4000-8000-000000000000")


def _account(page: Page, phone: str) -> Iterator[str]:
    yield _at(page, "/dang-nhap")
    page.locator("input[type=tel]").fill("0912")
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a wrong phone number"
    page.locator("input[type=tel]").fill(phone)
    page.locator("button[type=submit]").click()
    code = page.locator("input[autocomplete=one-time-code]")
    expect(code).to_be_visible()
    yield "waiting for the code"
    right = code_for(page.context, phone)
    code.fill(f"{(int(right) + 1) % 1_000_000:06}")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a wrong code"
    code.fill(right)
    page.wait_for_url("**/cua-toi")
    for path in ("/cua-toi", "/cua-toi/ten", "/cua-toi/thiet-bi", "/cua-toi/du-lieu", "/thong-bao"):
        yield _at(page, path)
    page.goto("/cua-toi/du-lieu")
    with page.expect_download():
        page.locator("main button").first.click()
    page.locator("input[type=checkbox]").check(force=True)
    yield "my data, taken home"
    page.goto("/cua-toi")
    page.locator("main .stack button").last.click()
    expect(page.locator(".notice")).to_be_visible()
    yield "signed out"


def tip_screens(page: Page) -> Iterator[str]:
    """The same for the tip flow: written, sent, opened again."""
    for path in ("/bao-tin", "/bao-tin/phuong", "/tin", "/tin/xem"):
        yield _at(page, path)
    page.goto("/bao-tin/phuong")
    page.locator("input[type=search]").fill("ban mai")
    page.locator("button.line-item", has_text="Ban Mai").click()
    page.wait_for_url("**/bao-tin")
    kinds = page.locator("main button", has_text="Trộm")
    expect(kinds).to_be_visible()
    yield "what kind"
    kinds.click()
    page.wait_for_url("**/ke")
    page.locator(NEXT).first.click()
    yield "no words yet"
    page.locator("textarea").fill("Xe đạp để ở sân chung bị mất.")
    for chip in page.locator("fieldset button").all():
        chip.click()
        yield "when"
    yield from _tip_place(page)
    page.locator(NEXT).first.click()
    page.wait_for_url("**/gui")
    yield "who"
    page.locator("input[type=radio]").last.check(force=True)
    page.locator(NEXT).first.click()
    expect(page.get_by_role("alert")).to_have_count(2)
    yield "who, without a name"
    page.locator("input[type=radio]").first.check(force=True)
    page.locator(NEXT).first.click()
    expect(page.locator(".code")).to_be_visible(timeout=30_000)
    yield "the receipt"
    receipt = " ".join(page.locator(".code span").all_inner_texts())
    page.goto("/tin")
    page.locator("input.input--code").press_sequentially(receipt[:-1] + ("7" if receipt[-1] != "7" else "8"))
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a mistyped receipt"
    page.locator("input.input--code").fill("")
    page.locator("input.input--code").press_sequentially(receipt)
    page.locator(NEXT).first.click()
    page.wait_for_url("**/tin/xem")
    _settle(page)
    yield "the trail"


def _tip_place(page: Page) -> Iterator[str]:
    page.locator("a[href='/bao-tin/o-dau']").click()
    page.wait_for_url("**/o-dau")
    _settle(page)
    yield "where"
    page.go_back()
    page.wait_for_url("**/ke")
