"""The resident's story of a tip: help first, a few words, a receipt."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser import resident
from tests.browser.conftest import NewPhone, check_axe
from tests.browser.tips import WORDS, begin_tip, go_to_last_step, read_number, read_receipt

STORED_ON_THE_PHONE = """async () => {
  const result = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const db = await result(indexedDB.open("binhyen-tips"));
  const all = await result(db.transaction("records").objectStore("records").getAll());
  db.close();
  return all.map((record) => new TextDecoder().decode(record.box)).join();
}"""


def test_a_resident_sends_a_tip_with_photos_and_opens_it_on_another_phone(
    phone: Page, new_phone: NewPhone, shared_data: Path, tmp_path: Path
) -> None:
    photos = shared_data / "photos"
    phone.goto("/bao-tin")
    expect(phone.get_by_role("main").get_by_role("link", name="Gọi 113, công an")).to_have_attribute("href", "tel:113")
    check_axe(phone)
    begin_tip(phone)
    phone.get_by_role("button", name="Hôm nay").click()
    chosen = [
        photos / "DSCN0010.jpg",
        photos / "landscape_6.jpg",
        photos / "iphone_13_pro_max.HEIC",
        shared_data / "README.md",
    ]
    phone.locator("input[multiple]").set_input_files(chosen)
    expect(phone.get_by_text("README.md: không phải ảnh")).to_be_visible()
    expect(phone.get_by_text("3/5, không bắt buộc")).to_be_visible()
    check_axe(phone)
    phone.get_by_role("link", name="Ở đâu?").click()
    phone.get_by_role("button", name="Tổ dân phố 7", exact=True).click()
    expect(phone.get_by_role("link", name="Ở đâu?")).to_contain_text("Tổ dân phố 7")
    go_to_last_step(phone)
    expect(phone.get_by_role("radio", name="Không nêu tên")).to_be_checked()
    check_axe(phone)
    phone.get_by_role("button", name="Gửi tin").click()

    receipt = read_receipt(phone)
    check_axe(phone)
    promise = phone.locator(".slip__promise").inner_text()
    assert re.match(r"Công an báo đã tiếp nhận trước \d\d:\d\d ", promise)
    expect(phone.get_by_role("checkbox", name="Giữ mã trên máy này")).not_to_be_checked()
    with phone.expect_download() as picture:
        phone.get_by_role("button", name="Lưu ảnh").click()
    slip = tmp_path / "slip.png"
    picture.value.save_as(slip)
    phone.get_by_role("button", name="Tôi đã lưu").click()
    expect(phone.get_by_role("heading", name="Tin đã đến nơi")).to_be_visible()
    expect(phone.locator(".due")).to_contain_text(promise)
    check_axe(phone)

    other = new_phone()
    other.goto("/tin")
    check_axe(other)
    other.locator("input[type=file]").set_input_files(slip)
    expect(other.get_by_role("heading", name="Tin đã đến nơi")).to_be_visible()
    other.get_by_text("Xem lại điều đã kể và ảnh").click()
    expect(other.get_by_text(WORDS)).to_be_visible()
    expect(other.get_by_text("Xảy ra khi nào? Hôm nay")).to_be_visible()
    expect(other.locator(".photos img")).to_have_count(3)
    other.get_by_role("button", name="Xem ảnh 2").click()
    expect(other.get_by_role("img", name="Ảnh 2")).to_be_visible()
    compact = receipt.replace(" ", "")
    state = other.evaluate(
        "[location.href, JSON.stringify(history.state), document.title, JSON.stringify({...localStorage})].join()"
    )
    assert compact not in state.replace("-", "").replace(" ", "")
    other.reload()
    expect(other.get_by_role("heading", name="Chưa mở tin nào")).to_be_visible()


def test_a_draft_outlives_closing_the_app(phone: Page, shared_data: Path) -> None:
    begin_tip(phone)
    phone.locator("input[multiple]").set_input_files(shared_data / "photos" / "landscape_6.jpg")
    expect(phone.get_by_role("img", name="Ảnh 1")).to_be_visible()
    expect(phone.get_by_text("Đã lưu nháp trên máy này")).to_be_visible()
    stored = phone.evaluate(STORED_ON_THE_PHONE)
    assert stored
    assert "xe đạp" not in stored
    context = phone.context
    phone.close()
    again = context.new_page()
    again.goto("/bao-tin")
    again.get_by_role("button", name="Viết tiếp").click()
    expect(again.get_by_label("Bạn thấy gì?")).to_have_value(WORDS)
    expect(again.get_by_role("img", name="Ảnh 1")).to_be_visible()
    again.goto("/bao-tin")
    again.get_by_role("button", name="Bỏ bản nháp").click()
    again.get_by_role("button", name="Bỏ hẳn").click()
    expect(again.get_by_role("button", name="Viết tiếp")).to_have_count(0)


def test_a_tip_written_without_a_network_is_sent_once_and_names_nobody(phone: Page, new_phone: NewPhone) -> None:
    sent: list[Request] = []
    phone.on("request", lambda request: sent.append(request) if request.url.endswith("/api/v1/tips") else None)
    phone.goto("/")
    phone.evaluate("localStorage.setItem('token', 'whoever-is-signed-in')")
    begin_tip(phone)
    go_to_last_step(phone)
    resident.wait_for_worker(phone)
    phone.context.set_offline(True)
    expect(phone.get_by_text("Đang mất mạng. Tin đã lưu trên máy.")).to_be_visible()
    phone.get_by_role("button", name="Gửi khi có mạng").click()
    expect(phone.get_by_role("heading", name="Tin chờ có mạng")).to_be_visible()
    check_axe(phone)
    phone.reload()
    expect(phone.get_by_role("heading", name="Tin chờ có mạng")).to_be_visible()
    assert sent == []

    phone.context.set_offline(False)
    read_receipt(phone)
    number = read_number(phone)
    phone.reload()
    read_receipt(phone)
    assert read_number(phone) == number
    assert all("authorization" not in request.headers for request in sent)

    other = new_phone()
    begin_tip(other, "Đèn đường trước số 12 tắt ba hôm nay.", "Đèn")
    go_to_last_step(other)
    other.get_by_role("button", name="Gửi tin").click()
    read_receipt(other)
    assert read_number(other) == number + 1


def test_a_named_tip_says_beside_the_field_what_is_wrong(phone: Page) -> None:
    begin_tip(phone)
    go_to_last_step(phone)
    phone.get_by_role("radio", name="Nêu tên và số điện thoại").check()
    phone.get_by_role("button", name="Gửi tin").click()
    expect(phone.get_by_role("alert")).to_have_text(
        ["Cho biết tên bạn, hoặc chọn “Không nêu tên”.", "Số chưa đúng. Viết như 0912 345 678."]
    )
    check_axe(phone)
    expect(phone.get_by_label("Tên của bạn")).to_be_focused()


def test_a_named_tip_takes_name_and_number_from_the_account_also_without_a_network(phone: Page) -> None:
    phone.goto("/phuong")
    resident.choose_place(phone)
    resident.sign_in(phone, "0550 000 104")
    phone.goto("/cua-toi/ten")
    phone.get_by_label("Bạn tên gì?").fill("Lê Thị Mai")
    phone.get_by_role("button", name="Lưu").click()
    expect(phone.get_by_role("link", name="Lê Thị Mai")).to_be_visible()
    phone.goto("/bao-tin")
    phone.get_by_role("button", name="Trộm").click()
    phone.get_by_label("Bạn thấy gì?").fill(WORDS)
    go_to_last_step(phone)
    phone.context.set_offline(True)
    phone.get_by_role("radio", name="Nêu tên và số điện thoại").check()
    expect(phone.get_by_label("Tên của bạn")).to_have_value("Lê Thị Mai")
    expect(phone.get_by_label("Số điện thoại", exact=True)).to_have_value("0550 000 104")
    phone.context.set_offline(False)


def test_the_flow_speaks_english(phone: Page) -> None:
    phone.goto("/")
    phone.evaluate("localStorage.setItem('language', 'en')")
    phone.goto("/bao-tin")
    expect(phone.get_by_role("heading", name="Tell the police")).to_be_visible()
    phone.goto("/tin")
    expect(phone.get_by_role("heading", name="Open a report")).to_be_visible()
    assert phone.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_kinds_fit_their_boxes_on_narrow_phones(phone: Page, language: str) -> None:
    phone.goto("/")
    phone.evaluate("language => localStorage.setItem('language', language)", language)
    phone.goto("/bao-tin/phuong")
    phone.locator("button.line-item").first.click()
    expect(phone.locator(".cat").first).to_be_visible()
    for width in (360, 320):
        phone.set_viewport_size({"width": width, "height": 740})
        wide = "kinds => kinds.filter((kind) => kind.scrollWidth > kind.clientWidth).map((kind) => kind.innerText)"
        assert phone.locator(".cat").evaluate_all(wide) == []
        heights = phone.locator(".cat").evaluate_all("kinds => kinds.map((kind) => kind.offsetHeight)")
        assert heights[::2] == heights[1::2]


def test_a_point_is_chosen_while_the_map_still_moves(phone: Page) -> None:
    begin_tip(phone)
    phone.get_by_role("link", name="Ở đâu?").click()
    phone.get_by_role("button", name="Chỉ trên bản đồ").click()
    expect(phone.get_by_text(re.compile(r"Gần Tổ dân phố \d+ nhất\."))).to_be_visible()
    phone.get_by_role("button", name="Phóng to").click()
    phone.get_by_role("button", name="Chọn chỗ này").click()
    expect(phone.get_by_role("link", name="Ở đâu?")).to_contain_text("Một điểm trên bản đồ")
    phone.wait_for_timeout(500)  # what the map had still to do would complain now


def test_the_map_says_where_the_pin_is_while_a_finger_moves_it_and_finds_back_to_the_ward(phone: Page) -> None:
    begin_tip(phone)
    phone.get_by_role("link", name="Ở đâu?").click()
    phone.get_by_role("button", name="Chỉ trên bản đồ").click()
    near, outside = (
        phone.get_by_text(re.compile(r"Gần Tổ dân phố \d+ nhất\.")),
        phone.get_by_text("Chỗ này ngoài ranh giới."),
    )
    expect(near).to_be_visible()
    phone.get_by_role("button", name="Đưa về gần tôi").click()  # the browser of this test knows no place
    expect(phone.get_by_text("Máy không cho biết vị trí. Kéo bản đồ bằng tay.")).to_be_in_viewport(ratio=1)
    canvas = phone.locator(".pin-map__canvas").bounding_box() or {}
    x, y = canvas["x"] + 20, canvas["y"] + 20
    phone.mouse.move(x, y)
    phone.mouse.down()
    phone.mouse.move(x + 250, y + 250, steps=4)
    expect(outside).to_be_visible()  # the finger still holds the map
    phone.mouse.up()
    expect(outside).to_be_visible()
    phone.get_by_role("button", name="Xem cả phường Ban Mai").click()
    expect(near).to_be_visible()
    expect(outside).to_have_count(0)


def test_words_beyond_the_limit_are_counted_beside_the_limit(phone: Page) -> None:
    begin_tip(phone, "a" * 12_000)
    expect(phone.get_by_role("alert")).to_contain_text("Thừa 7.000 ký tự (nhiều nhất 5.000).")


def test_a_tip_says_that_it_is_on_its_way_and_that_there_is_no_network(new_phone: NewPhone) -> None:
    phone = new_phone(service_workers="block")  # a worker would send it too, and that cannot be held back here
    begin_tip(phone)
    go_to_last_step(phone)
    slow: list[Route] = []

    def hold(route: Route) -> None:
        slow.append(route)

    phone.route("**/api/v1/tips", hold)
    phone.get_by_role("button", name="Gửi tin").click()
    expect(phone.get_by_role("heading", name="Đang gửi tin")).to_be_visible()
    phone.get_by_role("button", name="Quay lại").click()
    queued = phone.get_by_role("button", name="1 tin báo")
    expect(queued).to_contain_text("Đang gửi")
    phone.context.set_offline(True)
    expect(phone.get_by_text("Đang mất mạng.")).to_be_visible()
    expect(queued).to_contain_text("chờ mạng")
    phone.context.set_offline(False)
    expect(queued).to_contain_text("Đang gửi")
    slow[0].continue_()
    expect(queued).to_contain_text("Công an đã nhận")
