"""The resident's own account: signing in with a code, what is kept, signing out, deleting it all."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import resident

CLOCK_AHEAD = """() => {
  const sent = JSON.parse(sessionStorage.getItem("sign-in"));
  sessionStorage.setItem("sign-in", JSON.stringify({ ...sent, resendAt: 0 }));
}"""


def test_a_resident_signs_in_sees_what_is_kept_and_signs_out(phone: Page, tmp_path: Path) -> None:
    phone.goto("/phuong")
    resident.choose_place(phone)
    phone.get_by_role("button", name="Để sau").click()
    phone.get_by_role("link", name="Của tôi").click()
    expect(phone.get_by_text("Bạn chưa đăng nhập")).to_be_visible()
    phone.get_by_role("link", name="Đăng nhập").click()

    number = phone.get_by_label("Số điện thoại")
    number.fill("0912")
    phone.get_by_role("button", name="Gửi mã cho tôi").click()
    _expect_fault(phone, "Số điện thoại")
    expect(number).to_have_value("0912")
    resident.ask_code(phone, "0550 000 109")
    phone.get_by_role("button", name="Đổi số khác").click()
    expect(number).to_be_focused()
    expect(number).to_have_value("0550 000 109")
    right = resident.ask_code(phone, "0550 000 101")
    expect(phone.get_by_text("Mã đã gửi tới 0550 000 101.")).to_be_visible()
    code = phone.get_by_label("Mã trong tin nhắn")
    expect(code).to_be_focused()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    code.fill(wrong)
    _expect_fault(phone, "Mã trong tin nhắn")
    expect(code).to_have_value(wrong)
    phone.reload()  # back from the messages: still the same step
    code.fill(right)
    phone.wait_for_url("**/cua-toi")

    phone.get_by_role("link", name="Chưa ghi tên").click()
    phone.get_by_label("Bạn tên gì?").fill("Lê Thị Mai")
    phone.get_by_role("button", name="Lưu").click()
    for _ in range(2):  # before and after a reload
        expect(phone.get_by_role("link", name="Lê Thị Mai")).to_contain_text("0550 000 101")
        expect(phone.get_by_role("link", name="Nơi bạn ở")).to_contain_text("Phường Ban Mai, tỉnh Minh Họa")
        expect(phone.get_by_role("link", name="Tổ dân phố").first).to_contain_text("Tổ dân phố 7")
        phone.reload()
    phone.get_by_role("link", name="Máy đang đăng nhập").click()
    expect(phone.get_by_role("main").get_by_role("listitem")).to_have_text("Chrome, LinuxMáy này")

    phone.goto("/cua-toi/du-lieu")
    with phone.expect_download() as exported:
        phone.get_by_role("button", name="Tải dữ liệu về máy").click()
    exported.value.save_as(tmp_path / "mine.json")
    held = (tmp_path / "mine.json").read_text()
    assert json.loads(held)
    assert "+84550000101" in held
    assert "Lê Thị Mai" in held
    phone.goto("/cua-toi")
    phone.get_by_role("button", name="Đăng xuất").click()
    expect(phone.get_by_text("Đã đăng xuất. Nơi bạn ở và tin lưu trên máy này vẫn còn.")).to_be_visible()
    expect(phone.get_by_text("Lê Thị Mai")).to_have_count(0)
    expect(phone.get_by_role("link", name="Nơi bạn ở")).to_contain_text("Phường Ban Mai")
    phone.reload()
    expect(phone.get_by_text("Bạn chưa đăng nhập")).to_be_visible()


def test_a_dead_code_asks_for_a_new_one_with_one_countdown(phone: Page) -> None:
    phone.goto("/dang-nhap")
    right = resident.ask_code(phone, "0550 000 105")
    code, fault = phone.get_by_label("Mã trong tin nhắn"), phone.get_by_role("alert")
    for tries_left in (4, 3, 2, 1):
        code.fill(f"{(int(right) + tries_left) % 1_000_000:06}")
        expect(fault).to_contain_text(f"còn {tries_left} lần thử")
    code.fill(f"{(int(right) + 5) % 1_000_000:06}")
    for _ in range(2):  # before and after a reload
        expect(fault).to_contain_text("Hãy xin mã mới.")
        expect(fault).not_to_contain_text("giây")
        expect(phone.get_by_role("button", name="Đăng nhập")).to_be_disabled()
        expect(phone.get_by_text(re.compile(r"Xin được mã mới sau \d+ giây"))).to_be_visible()
        phone.reload()
    # the phone's clock is ahead: the server knows better, and the countdown goes on
    phone.evaluate(CLOCK_AHEAD)
    phone.reload()
    phone.get_by_role("button", name="Xin mã mới").click()
    expect(phone.get_by_text(re.compile(r"Xin được mã mới sau \d+ giây"))).to_be_visible()


def test_signing_in_says_that_there_is_no_network(phone: Page) -> None:
    phone.goto("/dang-nhap")
    expect(phone.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    phone.context.set_offline(True)
    expect(phone.get_by_role("status").get_by_text("Đang mất mạng.")).to_be_visible()
    phone.context.set_offline(False)


def _expect_fault(page: Page, label: str) -> None:
    """The field says itself what is wrong with it, right where it is."""
    field = page.get_by_label(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    fault = page.get_by_role("alert")
    expect(fault).to_have_count(1)
    assert (fault.get_attribute("id") or "?") in (field.get_attribute("aria-describedby") or "")
    below = (fault.bounding_box() or {})["y"] - (field.bounding_box() or {})["y"]
    assert 0 < below < 120


def test_a_resident_deletes_the_account(phone: Page) -> None:
    phone.goto("/phuong")
    resident.choose_place(phone)
    resident.sign_in(phone, "0550 000 102")
    token = phone.evaluate("localStorage.getItem('token')")
    door = {"Authorization": f"Bearer {token}"}
    assert phone.request.get("/api/v1/me", headers=door).status == 200
    phone.goto("/cua-toi/du-lieu")
    expect(phone.get_by_role("button", name="Xóa tài khoản của tôi")).to_be_disabled()
    phone.get_by_role("checkbox", name="Tôi hiểu và muốn xóa tài khoản").check(force=True)
    phone.get_by_role("button", name="Xóa tài khoản của tôi").click()
    expect(phone.get_by_role("heading", name="Đã xóa tài khoản")).to_be_visible()
    assert phone.request.get("/api/v1/me", headers=door).status == 401
    phone.get_by_role("link", name="Về trang chủ").last.click()
    expect(phone.locator(".hero__ward")).to_contain_text("Phường Ban Mai")
    phone.get_by_role("link", name="Của tôi").click()
    expect(phone.get_by_text("Bạn chưa đăng nhập")).to_be_visible()


def test_a_visitor_is_offered_to_sign_in_and_nothing_to_save(phone: Page) -> None:
    for path in ("/cua-toi/ten", "/cua-toi/thiet-bi", "/cua-toi/du-lieu"):
        phone.goto(path)
        expect(phone.get_by_role("link", name="Đăng nhập")).to_be_visible()
        expect(phone.get_by_role("main").get_by_role("button")).to_have_count(0)
        expect(phone.locator(".actions")).to_have_count(0)
