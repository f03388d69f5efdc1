"""Hands for the stories of a tip: writing one, reading its receipt, opening it again."""

import re

from playwright.sync_api import Page, expect

WORDS = "Sáng nay khoảng 5 giờ, xe đạp xanh để ở sân chung nhà C2 bị mất. Khóa bị cắt, còn rơi dưới đất."
RECEIPT = re.compile(r"^(?:[0-9A-HJKMNP-TV-Z]{4} ){4}[0-9A-HJKMNP-TV-Z]{2}$")


def choose_ward(page: Page) -> None:
    page.goto("/bao-tin")
    page.get_by_role("link", name="Chọn phường").click()
    page.get_by_label("Tên phường").fill("ban mai")
    page.get_by_role("button", name="phường Ban Mai").first.click()
    expect(page.get_by_role("button", name="Trộm")).to_be_visible()


def begin_tip(page: Page, words: str = WORDS, category: str = "Trộm") -> None:
    choose_ward(page)
    page.get_by_role("button", name=category).click()
    page.get_by_label("Bạn thấy gì?").fill(words)


def go_to_last_step(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", name="Có nêu tên bạn không?")).to_be_visible()


def read_receipt(page: Page) -> str:
    # a photo of an iPhone is decoded on the server: seconds on a busy machine
    expect(page.get_by_role("heading", name="Công an đã nhận tin")).to_be_visible(timeout=30_000)
    receipt = " ".join(page.locator(".code span").all_inner_texts())
    assert RECEIPT.match(receipt), receipt
    return receipt


def read_number(page: Page) -> int:
    found = re.search(r"tin số (\d+)", page.locator(".slip").inner_text())
    assert found
    return int(found.group(1))


def save_receipt(page: Page) -> None:
    page.get_by_role("button", name="Lưu ảnh").click()
    page.get_by_role("button", name="Tôi đã lưu").click()
    expect(page.get_by_role("heading", name="Tin của bạn")).to_be_visible()


def open_tip(page: Page, receipt: str) -> None:
    page.goto("/tin")
    page.get_by_label("Mã biên nhận").press_sequentially(receipt.lower())
    page.get_by_role("button", name="Mở tin").click()
    expect(page.get_by_role("heading", name="Tin của bạn")).to_be_visible()
