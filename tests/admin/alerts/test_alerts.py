"""Alerts in the panel: written, returned, approved by another, published, followed. Nothing typed is lost."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from backend import clock
from backend.alerts import commands, queries
from backend.alerts.cap import ReceiptEvent, State
from backend.permissions import NOBODY, Role
from backend.push.models import Dispatch
from tests import make
from tests.admin.facts import alert_at, alert_form


@pytest.fixture
def second(session, ward, sit):
    """Another chief."""
    return sit(make.make_staff(session, ward, Role.CHIEF))


def state_of(session, seat, alert_id):
    session.expire_all()  # another session has written it
    return queries.open_alert(session, seat.actor, alert_id=alert_id).alert.state


def approve(seat, alert, content_hash=None):
    return seat.post(f"/alerts/{alert.id}/approve", content_hash=content_hash or alert.content_hash)


def test_an_officer_writes_and_submits_and_a_chief_publishes(session, ward, officer, chief):
    area = make.make_area(session, ward, 3)
    make.make_area(session, ward, 4)
    saved = officer.post("/alerts/new", **alert_form(area_ids=[str(area.id)], then="submit"))
    assert saved.status_code == 302
    alert_id = saved.location.rsplit("/", 1)[-1]
    page = chief.follow(saved).text
    assert "Giả danh công an, đòi 22.000 đ" in page
    assert "Tổ dân phố 3" in page
    seen = re.search(r'name="content_hash" value="([0-9a-f]{64})"', page)[1]
    assert chief.post(f"/alerts/{alert_id}/approve", content_hash=seen).status_code == 302
    assert "Máy cần báo" in officer.get(f"/alerts/{alert_id}").text
    assert "every " in officer.get(f"/alerts/{alert_id}/reach").text


@pytest.mark.parametrize("field", ["effective", "expires"])
@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "1000-02-29T25:00", "9999-12-31T23:59", "10000-01-01T00:00"])
def test_times_beyond_reason_stay_in_the_form_with_what_is_wrong(session, officer, chief, field, moment):
    published = alert_at(session, officer.actor, State.PUBLISHED, approver=chief.actor)
    draft = alert_at(session, officer.actor, State.DRAFT)
    sent = alert_form(**{field: moment}, seen_hash=draft.content_hash)
    for path in ("/alerts/new", f"/alerts/{draft.id}/edit", f"/alerts/{published.id}/update"):
        answer = officer.post(path, **sent)
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text


def test_the_author_cannot_approve(session, chief):
    alert = alert_at(session, chief.actor, State.SUBMITTED)
    page = chief.get(f"/alerts/{alert.id}").text
    assert "Duyệt bản này" not in page
    assert "một chỉ huy khác phải duyệt" in page
    refused = approve(chief, alert)
    assert refused.status_code == 403
    assert "người khác phải duyệt" in refused.text
    assert state_of(session, chief, alert.id) is State.SUBMITTED


def test_who_edited_cannot_approve_either(session, officer, chief, second):
    alert = alert_at(session, officer.actor, State.DRAFT)
    form = alert_form(headline_vi="Tiêu đề do chỉ huy sửa", seen_hash=alert.content_hash, then="submit")
    assert chief.post(f"/alerts/{alert.id}/edit", **form).status_code == 302
    session.refresh(alert)
    assert approve(chief, alert).status_code == 403
    assert approve(second, alert).status_code == 302


def test_an_approval_of_a_stale_version_is_refused(session, officer, chief, second):
    alert = alert_at(session, officer.actor, State.SUBMITTED)
    seen = alert.content_hash
    form = alert_form(seen_hash=seen, then="submit")
    assert officer.post(f"/alerts/{alert.id}/edit", **form).status_code == 302
    page = approve(chief, alert, seen)
    assert page.status_code == 422
    assert "Nội dung đã được sửa sau khi bạn mở" in page.text
    assert "Giả danh công an" in page.text, "the new version is shown at once"
    assert state_of(session, chief, alert.id) is State.SUBMITTED


def test_an_officer_cannot_approve(session, officer, chief):
    alert = alert_at(session, chief.actor, State.SUBMITTED)
    assert approve(officer, alert).status_code == 403


def test_a_chief_returns_it_with_a_reason(session, officer, chief):
    alert = alert_at(session, officer.actor, State.SUBMITTED)
    assert chief.post(f"/alerts/{alert.id}/reject", reason="").status_code == 422
    assert chief.post(f"/alerts/{alert.id}/reject", reason="Nêu rõ giờ giấc.").status_code == 302
    assert "Nêu rõ giờ giấc." in officer.get(f"/alerts/{alert.id}").text
    assert state_of(session, officer, alert.id) is State.DRAFT


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"headline_vi": ""}, "Cần viết mục này"),
        ({"headline_vi": "x" * 91}, "Nhiều nhất 90 ký tự"),
        ({"description_vi": "dài " * 600}, "Nhiều nhất 2000 ký tự"),
        ({"said_vi": "x" * 301, "truth_vi": "y"}, "Nhiều nhất 300 ký tự"),
        ({"instructions_vi": ["z" * 201]}, "field__error"),
        ({"expires": "2020-01-01T00:00"}, "Lúc hết hạn phải sau"),
        ({"expires": "hôm nào đó"}, "field__error"),
        ({"expires": ""}, "Cần chọn lúc hết hạn"),
        ({"said_vi": "Chuyển tiền đi"}, "cần viết cả sự thật"),
        ({"instructions_vi": [f"Việc {n}" for n in range(9)]}, "Nhiều nhất 6 việc"),
        ({"instructions_en": ["One"]}, "phải đủ từng câu"),
        ({"headline_vi": "xin\x00chào"}, "field__error"),
        ({"severity": "apocalyptic"}, "field__error"),
        ({"area_ids": ["x"]}, "field__error"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(officer, changes, told):
    page = officer.post("/alerts/new", **alert_form(**changes))
    assert page.status_code == 422
    assert told in page.text
    written = changes.get("description_vi", "Công an không thu tiền cập nhật VNeID qua điện thoại.")
    assert written.strip() in page.text


def test_a_text_that_is_too_long_is_refused_whole(officer):
    long = {"headline_vi": "a" * 150, "description_vi": "b" * 2500, "instructions_vi": ["c" * 250]}
    page = officer.post("/alerts/new", **alert_form(**long)).text
    for words in (long["headline_vi"], long["description_vi"], *long["instructions_vi"]):
        assert words in page
    assert min(map(int, re.findall(r'maxlength="(\d+)"', page))) >= 900, "the browser cuts nothing that is pasted"


def test_an_update_takes_the_place_of_the_first(session, officer, chief):
    alert = alert_at(session, officer.actor, State.PUBLISHED, approver=chief.actor)
    page = officer.get(f"/alerts/{alert.id}/update").text
    assert "Gọi video giả mặt sếp" in page
    saved = officer.post(f"/alerts/{alert.id}/update", **alert_form(then="submit"))
    assert saved.status_code == 302
    later = queries.open_alert(session, chief.actor, alert_id=saved.location.rsplit("/", 1)[-1])
    assert approve(chief, later.alert).status_code == 302
    assert state_of(session, chief, alert.id) is State.UPDATED


def test_the_all_clear_begins_with_its_own_words(session, officer, chief):
    alert = alert_at(session, officer.actor, State.PUBLISHED, approver=chief.actor)
    page = officer.get(f"/alerts/{alert.id}/all-clear").text
    assert "Đã yên: Gọi video giả mặt sếp" in page
    assert 'value="past" checked' in page
    assert page.count('value="past"') == 1


def test_a_withdrawal_needs_a_reason_and_a_second_person(session, officer, chief):
    alert = alert_at(session, officer.actor, State.PUBLISHED, approver=chief.actor)
    assert officer.post(f"/alerts/{alert.id}/cancel", reason="").status_code == 422
    asked = officer.post(f"/alerts/{alert.id}/cancel", reason="Tin ban đầu chưa chính xác.")
    assert asked.status_code == 302
    assert state_of(session, officer, alert.id) is State.PUBLISHED
    withdrawal = queries.open_alert(session, chief.actor, alert_id=asked.location.rsplit("/", 1)[-1]).alert
    assert approve(chief, withdrawal).status_code == 302
    assert state_of(session, officer, alert.id) is State.CANCELLED


def test_what_was_approved_before_is_published_later(session, officer, chief):
    alert = alert_at(session, officer.actor, State.SUBMITTED)
    assert "Duyệt, phát sau" in chief.get(f"/alerts/{alert.id}").text
    kept = chief.post(f"/alerts/{alert.id}/approve", content_hash=alert.content_hash, then="keep")
    assert "chờ phát" in chief.follow(kept).text
    assert state_of(session, officer, alert.id) is State.APPROVED
    assert "Gọi video giả mặt sếp" in officer.get("/alerts?view=approved").text
    assert "chỉ huy phát khi đến lúc" in officer.get(f"/alerts/{alert.id}").text
    assert chief.post(f"/alerts/{alert.id}/publish").status_code == 302
    assert state_of(session, officer, alert.id) is State.PUBLISHED


def test_a_draft_is_put_aside(session, officer):
    alert = alert_at(session, officer.actor, State.DRAFT)
    assert officer.post(f"/alerts/{alert.id}/discard").status_code == 302
    assert state_of(session, officer, alert.id) is State.DISCARDED


def test_one_that_has_expired_offers_no_approval(session, officer, chief, frozen_clock, sit):
    alert = alert_at(session, officer.actor, State.SUBMITTED)
    frozen_clock.tick(timedelta(days=5))
    page = sit(chief.actor).get(f"/alerts/{alert.id}").text
    assert "Đã quá lúc hết hạn mà chưa phát" in page
    assert "Duyệt bản này và phát" not in page
    with pytest.raises(Exception, match="alert_expired"):
        commands.approve_alert(session, chief.actor, alert_id=alert.id, content_hash=alert.content_hash)


def test_every_view_of_the_board_opens(session, officer, chief):
    for state in (State.DRAFT, State.SUBMITTED, State.APPROVED, State.PUBLISHED):
        alert_at(session, officer.actor, state, approver=chief.actor)
    for view in queries.View:
        assert officer.get(f"/alerts?view={view}").status_code == 200
    assert officer.get("/alerts?view=nonsense&after=x").status_code == 200


@pytest.mark.parametrize(
    ("audience", "listed", "told"),
    [
        (0, True, "máy"),
        (0, False, "máy"),
        (10, False, "máy"),
        (1, True, "máy"),
        (4, True, "50% số máy"),
        (2, True, "100% số máy"),
    ],
)
def test_no_share_is_told_of_devices_that_were_not_counted(session, officer, chief, audience, listed, told):
    alert = alert_at(session, officer.actor, State.PUBLISHED, approver=chief.actor)
    for _ in range(2):
        commands.record_receipt(session, NOBODY, alert_id=alert.id, event=ReceiptEvent.OPENED, reader=uuid4())
    now = clock.now()
    listing = {"listed_upto": UUID(int=0), "started_at": now, "listed_at": now if listed else None}
    session.merge(Dispatch(alert_id=alert.id, ward_id=alert.ward_id, audience=audience, **listing))
    session.flush()
    page = officer.get(f"/alerts/{alert.id}/reach").text
    assert re.search(rf'Đã mở</dt>\s*<dd>\s*<b>2</b>\s*<p class="meta">{told}</p>', page)
    assert "vượt 100%" not in page


def test_a_chief_sees_on_every_page_that_an_alert_waits(session, officer, chief, second):
    told = "1 cảnh báo chờ bạn duyệt"
    alert_at(session, officer.actor, State.DRAFT)
    assert told not in chief.get("/tips").text
    alert_at(session, chief.actor, State.SUBMITTED)
    home = second.follow(second.get("/")).text
    assert told in home
    assert 'href="/admin/alerts?view=waiting"' in home
    assert 'Cảnh báo<span class="visually-hidden">, 1 việc chờ</span>' in second.get("/account").text
    for seat in (officer, chief):
        page = seat.get("/tips").text
        assert told not in page
        assert "việc chờ" not in page
    views = [re.findall(r'alerts\?view=(\w+)"', seat.get("/alerts").text)[0] for seat in (officer, second)]
    assert views == ["all", "waiting"]


def test_the_audience_follows_the_areas(session, ward, officer):
    area = make.make_area(session, ward, 3)
    page = officer.post("/alerts/audience", area_ids=[str(area.id)])
    assert page.status_code == 200
    assert "máy sẽ được báo" in page.text
