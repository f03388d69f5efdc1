"""Hands for the stories of the panel: signing in, a tip from a phone, the same tip opened with its receipt."""

import json
import re
from io import BytesIO
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page

from binhyen.demo_accounts import DemoAccounts, DemoStaff

WARD = "99001"
WORDS = "Cột đèn đầu ngõ 12 tắt từ tối qua, đường tối và có ổ gà."


def person(accounts: DemoAccounts, username: str) -> DemoStaff:
    return next(person for person in accounts.staff if person.username == username)


def sign_in(page: Page, person: DemoStaff) -> None:
    page.goto("/admin/")
    page.get_by_label("Tên đăng nhập").fill(person.username)
    page.get_by_label("Mật khẩu").fill(person.password)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã 6 số").fill(person.code or "")
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile(r"/admin/(tips|staff|account)"))


def lying_photo() -> bytes:
    """A picture taken with the phone on its side: 400 × 300 as stored, upright 300 × 400."""
    exif = Image.Exif()
    exif[0x0112] = 6
    made = BytesIO()
    Image.new("RGB", (400, 300), "#8aa").save(made, "JPEG", exif=exif)
    return made.getvalue()


def send_tip(page: Page) -> dict:
    tip = {"ward_code": WARD, "category": "infrastructure", "text": WORDS, "occurred": "yesterday", "language": "vi"}
    answer = page.request.post(
        "/api/v1/tips",
        headers={"Idempotency-Key": str(uuid4())},
        multipart={
            "tip": json.dumps(tip | {"location": {"lat": 15.5, "lon": 108.0}}),
            "photos": {"name": "den.jpg", "mimeType": "image/jpeg", "buffer": lying_photo()},
        },
    )
    assert answer.status == 201, answer.text()
    return answer.json()


def open_with_receipt(page: Page, receipt: str) -> dict:
    answer = page.request.post("/api/v1/tips/open", data={"receipt": receipt})
    assert answer.ok, answer.text()
    return answer.json()


def submit_alert(officer: Page, headline: str, description: str) -> str:
    """An officer writes a dangerous alert for the whole ward and asks for approval. Returns its id."""
    officer.goto("/admin/alerts/new")
    officer.locator("#headline_vi").fill(headline)
    officer.locator("#description_vi").fill(description)
    officer.locator("[name=instructions_vi]").first.fill("Không ra đường lúc này.")
    officer.get_by_role("radio", name="Nguy hiểm").check(force=True)
    officer.get_by_role("button", name="7 ngày").click()
    officer.get_by_role("button", name="Lưu và gửi duyệt").click()
    officer.get_by_text("Đã gửi duyệt.").wait_for()
    return officer.url.rsplit("/", 1)[-1]


def publish_alert(officer: Page, chief: Page, headline: str, description: str) -> str:
    """An officer writes a dangerous alert for the whole ward and a chief approves it. Returns its id."""
    alert_id = submit_alert(officer, headline, description)
    chief.goto(f"/admin/alerts/{alert_id}")
    chief.get_by_role("button", name="Duyệt bản này và phát").click()
    chief.get_by_text("Đã duyệt và phát.").wait_for()
    return alert_id
