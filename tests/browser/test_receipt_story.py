"""What follows a tip: its receipt is kept and opened again, from any phone; answers come and go."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPhone, Site, check_axe
from tests.browser.tips import begin_tip, go_to_last_step, open_tip, read_number, read_receipt, save_receipt


def test_a_mistyped_receipt_names_the_group_to_look_at(phone: Page, new_phone: NewPhone) -> None:
    begin_tip(phone)
    go_to_last_step(phone)
    phone.get_by_role("button", name="Gửi tin").click()
    receipt = read_receipt(phone)
    other = new_phone()
    other.goto("/tin")
    field = other.get_by_label("Mã biên nhận")
    wrong = receipt[:10] + ("Z" if receipt[10] != "Z" else "Y") + receipt[11:]
    field.press_sequentially(wrong.replace(" ", "").lower())
    expect(field).to_have_value(wrong)
    expect(other.get_by_role("alert")).to_have_text("Mã chưa khớp. Xem lại nhóm thứ ba.")
    check_axe(other)
    field.fill("")
    field.press_sequentially("7qk4á")
    expect(other.get_by_role("alert")).to_contain_text("Bàn phím đang bỏ dấu")
    field.fill("")
    open_tip(other, receipt)


def test_a_copied_receipt_says_where_it_opens_and_opens_there(phone: Page, new_phone: NewPhone, site: Site) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin_tip(phone)
    go_to_last_step(phone)
    phone.get_by_role("button", name="Gửi tin").click()
    receipt = read_receipt(phone)
    phone.get_by_role("button", name="Chép mã").click()
    expect(phone.get_by_role("button", name="Đã chép")).to_be_visible()
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert copied == f"{receipt.replace(' ', '-')}\nMở tin tại {site.url}/tin"
    other = new_phone()
    other.goto("/tin")
    other.get_by_label("Mã biên nhận").fill(copied)
    expect(other.get_by_label("Mã biên nhận")).to_have_value(receipt)
    other.get_by_role("button", name="Mở tin").click()
    expect(other.get_by_role("heading", name="Tin của bạn")).to_be_visible()


def test_the_reporter_writes_more_on_a_bad_network(phone: Page, new_phone: NewPhone) -> None:
    begin_tip(phone)
    go_to_last_step(phone)
    phone.get_by_role("button", name="Gửi tin").click()
    receipt = read_receipt(phone)
    save_receipt(phone)
    phone.context.set_offline(True)
    phone.get_by_label("Viết thêm cho Công an").fill("Chắn bùn sau có dán hình con mèo.")
    phone.get_by_role("button", name="Gửi tin nhắn").click()
    expect(phone.get_by_text("chờ có mạng")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator(".bubble--waiting")).to_have_count(0)
    other = new_phone()
    open_tip(other, receipt)
    expect(other.get_by_text("Chắn bùn sau có dán hình con mèo.")).to_have_count(1)


def test_the_officers_answer_reaches_the_reporter_and_the_answer_to_it_the_officer(
    new_phone: NewPhone, desk: Page, site: Site
) -> None:
    phone = new_phone()  # its browser complains that a private window gets no push; the demo's page takes it instead
    phone.context.grant_permissions(["notifications"])
    begin_tip(phone, "Người lạ gọi điện đòi 22.000 đ để cập nhật VNeID.", "Lừa")
    go_to_last_step(phone)
    phone.get_by_role("button", name="Gửi tin").click()
    read_receipt(phone)
    number = read_number(phone)
    phone.get_by_role("button", name="Báo cho tôi khi có trả lời").click()
    expect(phone.get_by_text("Khi có trả lời, máy bạn đã chọn sẽ báo")).to_be_visible()
    save_receipt(phone)
    expect(phone.get_by_text("Khi có trả lời, máy bạn đã chọn sẽ báo")).to_be_visible()

    officer = next(person for person in site.accounts.staff if person.username == "canbo.hung")
    desk.goto("/admin/")
    desk.get_by_label("Tên đăng nhập").fill(officer.username)
    desk.get_by_label("Mật khẩu").fill(officer.password)
    desk.get_by_role("button", name="Tiếp tục").click()
    desk.get_by_label("Mã 6 số").fill(officer.code or "")
    desk.get_by_role("button", name="Đăng nhập").click()
    desk.wait_for_url("**/admin/tips**")
    desk.keyboard.press("/")
    desk.keyboard.type(str(number))
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("việc đọc được ghi lại")).to_be_visible()
    desk.keyboard.press("a")
    desk.get_by_label("Lý do").fill("Đang hỏi nhà mạng về số đã gọi.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Đã ghi quyết định.")).to_be_visible()
    desk.get_by_label("Trả lời người báo").fill("Cảm ơn bạn. Đừng chuyển tiền cho ai.")
    desk.get_by_role("button", name="Gửi trả lời").click()

    expect(phone.get_by_role("heading", name="Đã tiếp nhận")).to_be_visible(timeout=30_000)  # it looks by itself
    expect(phone.get_by_text("Lý do: Đang hỏi nhà mạng về số đã gọi.")).to_be_visible()
    expect(phone.get_by_text("Cảm ơn bạn. Đừng chuyển tiền cho ai.")).to_be_visible(timeout=30_000)
    check_axe(phone)
    phone.get_by_label("Viết thêm cho Công an").fill("Tôi chưa chuyển, số đó là 0900.")
    phone.get_by_role("button", name="Gửi tin nhắn").click()
    expect(phone.locator(".bubble--me").get_by_text("Tôi chưa chuyển")).to_be_visible()
    expect(phone.locator(".bubble--waiting")).to_have_count(0)
    desk.reload()
    expect(desk.get_by_text("Tôi chưa chuyển, số đó là 0900.")).to_be_visible()
    outbox = new_phone()
    outbox.goto("/demo/outbox")
    expect(outbox.get_by_text("Bạn có cập nhật").first).to_be_visible()
    assert "VNeID" not in outbox.get_by_role("main").inner_text()


def test_leaving_an_unsaved_receipt_asks_once_and_loses_nothing(phone: Page) -> None:
    begin_tip(phone)
    go_to_last_step(phone)
    phone.get_by_role("button", name="Gửi tin").click()
    receipt = read_receipt(phone)
    expect(phone.get_by_role("button", name="Tôi đã lưu")).to_be_disabled()
    phone.get_by_role("button", name="Quay lại").click()
    expect(phone.get_by_role("dialog")).to_contain_text("Bạn chưa lưu mã")
    check_axe(phone)
    phone.get_by_role("button", name="Rời đi").click()
    phone.goto("/")
    unsaved = phone.get_by_role("link", name="Mã biên nhận chưa lưu")
    assert _top(unsaved) < _top(phone.get_by_role("heading", name="Chọn phường, xã của bạn"))
    unsaved.click()
    assert read_receipt(phone) == receipt
    phone.get_by_role("checkbox", name="Giữ mã trên máy này").check()
    phone.get_by_role("button", name="Lưu ảnh").click()
    phone.get_by_role("button", name="Tôi đã lưu").dblclick()
    expect(phone.get_by_role("heading", name="Tin của bạn")).to_be_visible()

    phone.goto("/tin")
    kept = phone.get_by_role("button", name=re.compile("^Trộm cắp"))
    expect(kept).to_have_count(1)
    assert _top(kept) < _top(phone.get_by_label("Mã biên nhận"))
    kept.click()
    expect(phone.get_by_role("heading", name="Tin của bạn")).to_be_visible()
    phone.goto("/bao-tin")
    expect(phone.get_by_role("button", name="1 tin báo")).to_have_count(0)


def _top(place: Locator) -> float:
    return (place.bounding_box() or {})["y"]
