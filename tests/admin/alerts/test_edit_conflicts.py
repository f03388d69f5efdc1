"""Two people edit one alert: the later one loses no word, sees what differs and decides."""

import re
from html import unescape

import pytest

from backend.alerts import commands, queries
from backend.alerts.cap import State
from tests import make
from tests.admin.facts import alert_at, alert_form

KEEP, DROP = "Lưu bản của tôi", "Bỏ bản của tôi, xem bản mới"


def saved(session, seat, alert):
    session.expire_all()  # another session has written it
    return queries.open_alert(session, seat.actor, alert_id=alert.id)


def hash_in(page: str) -> str:
    return re.search(r'name="seen_hash"[^>]* value="([0-9a-f]*)"', page)[1]


def told(page: str) -> dict[str, tuple[str, str]]:
    """Field → what is saved now, what was typed."""
    part = re.search(r"<section[^>]* data-conflict>.*?</section>", page, re.DOTALL)[0]
    version = r"\s*<dd[^>]*><span.*?</span>(.*?)</dd>"
    rows = re.findall(rf"<dt>(.*?)</dt>{version}{version}", part, re.S)
    return {unescape(label): (unescape(now).strip(), unescape(mine).strip()) for label, now, mine in rows}


@pytest.fixture
def draft(session, ward, officer):
    make.make_area(session, ward, 3)
    return alert_at(session, officer.actor, State.DRAFT)


@pytest.fixture
def late(session, ward, draft, officer, chief):
    """The page an officer gets whose chief has saved after they opened the editor."""
    seen = draft.content_hash
    chief.post(f"/alerts/{draft.id}/edit", **alert_form(headline_vi="Chỉ huy vừa sửa", seen_hash=seen))
    area = make.make_area(session, ward, 5)
    mine = alert_form(
        headline_vi="Chữ của tôi", severity="severe", is_drill="y", area_ids=[str(area.id)], seen_hash=seen,
        instructions_vi=["Tắt máy.", "Báo <b>phường</b>."], then="submit",
    )  # fmt: skip
    page = officer.post(f"/alerts/{draft.id}/edit", **mine)
    assert page.status_code == 422
    return mine, page.text


def test_the_page_keeps_the_words_and_shows_what_differs(late, chief):
    _, page = late
    assert f"{chief.actor.name} đã lưu một bản khác" in page
    assert 'value="Chữ của tôi"' in page
    assert told(page) == {
        "Tiêu đề": ("Chỉ huy vừa sửa", "Chữ của tôi"),
        "Nặng đến đâu?": ("Cảnh giác", "Nguy hiểm"),
        "Việc cần làm": ("Tắt máy.\nGọi công an phường để hỏi.", "Tắt máy.\nBáo <b>phường</b>."),
        "Ở đâu?": ("cả địa bàn", "Tổ dân phố 5"),
        "Đây là diễn tập": ("Không", "Có"),
    }
    assert KEEP in page
    assert DROP in page
    assert "Lưu và gửi duyệt" not in page, "the two choices stand alone"


def test_one_s_own_version_takes_the_place_of_the_other(session, draft, late, officer):
    mine, page = late
    again = officer.post(f"/alerts/{draft.id}/edit", **(mine | {"seen_hash": hash_in(page), "then": "keep"}))
    assert again.status_code == 302
    now = saved(session, officer, draft)
    assert now.content.headline.vi == "Chữ của tôi"
    assert now.alert.state is State.DRAFT


def test_the_other_version_stays_when_one_s_own_is_dropped(session, draft, late, officer):
    _, page = late
    address = re.search(r'href="/admin(/alerts/[^"]+)">' + DROP, page)[1]
    assert "Chỉ huy vừa sửa" in officer.get(address).text
    assert saved(session, officer, draft).content.headline.vi == "Chỉ huy vừa sửa"


def test_a_third_version_is_not_overwritten_unseen(session, draft, late, officer, chief):
    mine, page = late
    shown = hash_in(page)
    chief.post(f"/alerts/{draft.id}/edit", **alert_form(headline_vi="Chỉ huy sửa nữa", seen_hash=shown))
    again = officer.post(f"/alerts/{draft.id}/edit", **(mine | {"seen_hash": shown, "then": "keep"}))
    assert again.status_code == 422
    assert told(again.text)["Tiêu đề"] == ("Chỉ huy sửa nữa", "Chữ của tôi")
    assert saved(session, officer, draft).content.headline.vi == "Chỉ huy sửa nữa"


def test_a_fault_of_one_s_own_is_told_beside_its_field_too(draft, late, officer):
    mine, _ = late
    page = officer.post(f"/alerts/{draft.id}/edit", **(mine | {"headline_vi": "", "expires": "hôm nào đó"})).text
    assert "Cần viết mục này" in page
    assert told(page)["Tiêu đề"] == ("Chỉ huy vừa sửa", "–")


def test_words_for_an_alert_that_went_out_meanwhile_are_not_lost(session, officer, chief):
    alert = alert_at(session, officer.actor, State.SUBMITTED)
    seen = alert.content_hash
    commands.approve_and_publish_alert(session, chief.actor, alert_id=alert.id, content_hash=seen)
    page = officer.post(f"/alerts/{alert.id}/edit", **alert_form(headline_vi="Chữ của tôi", seen_hash=seen))
    assert page.status_code == 422
    assert "Cảnh báo này nay là “Đang hiệu lực”" in page.text
    assert 'value="Chữ của tôi"' in page.text
    assert KEEP not in page.text
    assert DROP in page.text
    assert officer.get(f"/alerts/{alert.id}/edit").status_code == 302


def test_words_for_a_matter_that_has_ended_meanwhile_are_not_lost(session, officer, chief):
    alert = alert_at(session, officer.actor, State.PUBLISHED, approver=chief.actor)
    later = officer.post(f"/alerts/{alert.id}/update", **alert_form(then="submit")).location.rsplit("/", 1)[-1]
    found = queries.open_alert(session, chief.actor, alert_id=later)
    chief.post(f"/alerts/{later}/approve", content_hash=found.content_hash)
    page = officer.post(f"/alerts/{alert.id}/all-clear", **alert_form(headline_vi="Chữ của tôi"))
    assert page.status_code == 422
    assert "đã kết thúc" in page.text
    assert 'value="Chữ của tôi"' in page.text


def test_the_same_words_saved_twice_are_told_to_be_the_same(draft, officer, chief):
    form = alert_form(seen_hash=draft.content_hash)
    chief.post(f"/alerts/{draft.id}/edit", **form)
    assert "Hai bản giống hệt nhau" in officer.post(f"/alerts/{draft.id}/edit", **form).text


def test_it_speaks_english_too(draft, officer, chief):
    officer.post("/account/language", language="en", back="/admin/alerts")
    chief.post(f"/alerts/{draft.id}/edit", **alert_form(seen_hash=draft.content_hash))
    page = officer.post(f"/alerts/{draft.id}/edit", **alert_form(headline_vi="x", seen_hash=draft.content_hash)).text
    assert "saved another version after you opened this page" in page
    assert "Save my version" in page
    assert "Drop mine, show the new version" in page
