"""Officers and tips: the queue shows no word, opening is recorded, every act is told; a mistake loses nothing."""

import re

import pytest
from sqlalchemy import select

from backend.audit import AuditEntry
from backend.tips import queries, staff_commands
from backend.tips.life import Status
from backend.tips.photos import PhotoFile
from backend.tips.sealed import Location
from tests import make
from tests.admin.facts import WORDS, picture, send_tip, tip_at


def acts(session, tip_id):
    query = select(AuditEntry.action).where(AuditEntry.subject_id == str(tip_id)).order_by(AuditEntry.seq)
    return list(session.scalars(query))


def test_the_queue_shows_no_word_of_any_tip(session, ward, officer):
    area = make.make_area(session, ward, 7)
    send_tip(session, ward.code, area_id=area.id, name="Bà Nga", phone="0912345678")
    page = officer.get("/tips").text
    assert "Ồn ào, mất trật tự" in page
    assert "Tổ 7" in page
    for word in (WORDS, "karaoke", "Bà Nga", "0912345678"):
        assert word not in page


def test_the_queue_says_that_a_place_was_pinned_and_not_where(session, ward, officer):
    send_tip(session, ward.code, location=Location(21.02, 105.81))
    page = officer.get("/tips").text
    assert "điểm ghim" in page
    assert "21.02" not in page
    send_tip(session, ward.code)
    assert "chưa rõ chỗ" in officer.get("/tips").text


def test_a_tip_keeps_the_way_back_to_the_list_it_was_opened_from(session, officer):
    first, second = (tip_at(session, officer.actor, Status.RECEIVED) for _ in range(2))
    page = officer.get(f"/tips/{first}?view=to_acknowledge&category=noise").text
    assert "view=to_acknowledge&amp;category=noise" in page
    done = officer.post(f"/tips/{first}/decide?view=to_acknowledge", outcome="acknowledged", reason="Đã nhận.")
    assert "view=to_acknowledge" in done.headers["Location"]
    page = officer.get(done.headers["Location"].removeprefix("/admin")).text
    assert re.search(rf'/tips/{second}\?view=to_acknowledge"[^>]*\sdata-key="j"', page)


def test_opening_shows_the_words_and_is_recorded(session, ward, officer):
    tip_id = send_tip(session, ward.code, location=Location(21.02, 105.81)).tip.id
    page = officer.get(f"/tips/{tip_id}")
    assert WORDS in page.text
    assert "việc đọc được ghi lại" in page.text
    assert "Không nêu tên" in page.text
    assert 'data-lat="21.02"' in page.text
    assert "karaoke" not in re.search(r"<title>(.*?)</title>", page.text)[1]
    assert page.headers["Cache-Control"] == "no-store"
    assert acts(session, tip_id) == ["tip.read"]


def test_an_officer_without_a_grant_is_told_who_can_help(session, ward, sit):
    newcomer = sit(make.make_staff(session, ward, grant=False))
    make.make_staff(session, ward)
    tip_id = send_tip(session, ward.code).tip.id
    page = newcomer.get(f"/tips/{tip_id}")
    assert page.status_code == 403
    assert "Chỉ huy Công an cấp quyền" in page.text
    assert WORDS not in page.text


def test_acknowledge_verify_answer(session, officer, ward):
    tip_id = send_tip(session, ward.code).tip.id
    for outcome in ("acknowledged", "verifying"):
        done = officer.post(f"/tips/{tip_id}/decide", outcome=outcome, reason="Chúng tôi xem ngay.")
        assert done.status_code == 302
    assert officer.post(f"/tips/{tip_id}/reply", text="Loa ở số nhà nào ạ?").status_code == 302
    page = officer.get(f"/tips/{tip_id}").text
    assert "Loa ở số nhà nào ạ?" in page
    assert "Đang xác minh" in page


def test_answer_and_verify_in_one_act(session, officer):
    tip_id = tip_at(session, officer.actor, Status.ACKNOWLEDGED)
    officer.post(f"/tips/{tip_id}/reply", text="Chúng tôi đến xem tối nay.", then="verify")
    opened = staff_commands.open_tip(session, officer.actor, tip_id=tip_id)
    assert opened.tip.status == Status.VERIFYING
    assert opened.trail[-2].text == "Chúng tôi đến xem tối nay."


def test_a_tip_is_closed_only_after_it_was_verified(session, officer, chief):
    tip_id = tip_at(session, officer.actor, Status.ACKNOWLEDGED)
    page = chief.get(f"/tips/{tip_id}").text
    assert re.findall(r'name="outcome"\s+value="(\w+)"', page) == ["verifying"]
    assert chief.post(f"/tips/{tip_id}/decide", outcome="rejected", reason="Không phải việc này.").status_code == 422


def test_a_chief_closes_with_a_reason_and_an_officer_cannot(session, officer, chief):
    tip_id = tip_at(session, officer.actor, Status.VERIFYING)
    assert 'value="resolved"' not in officer.get(f"/tips/{tip_id}").text
    refused = officer.post(f"/tips/{tip_id}/decide", outcome="resolved", reason="Đã nhắc nhở.")
    assert refused.status_code == 403
    assert chief.post(f"/tips/{tip_id}/decide", outcome="resolved", reason="Đã nhắc nhở.").status_code == 302
    page = chief.get(f"/tips/{tip_id}").text
    assert "Đã giải quyết" in page
    assert "Gửi trả lời" not in page


def test_an_empty_reason_is_asked_for_beside_the_field(session, chief, officer):
    tip_id = tip_at(session, officer.actor, Status.VERIFYING)
    page = chief.post(f"/tips/{tip_id}/decide", outcome="rejected", reason="  ")
    assert page.status_code == 422
    assert "Cần viết lý do" in page.text


def test_a_step_that_is_no_longer_possible_keeps_what_was_typed(session, chief, officer):
    tip_id = tip_at(session, officer.actor, Status.RECEIVED)
    page = chief.post(f"/tips/{tip_id}/decide", outcome="resolved", reason="Đã xem tận nơi rồi.")
    assert page.status_code == 422
    assert "Tin này đã đổi trạng thái" in page.text
    assert "Đã xem tận nơi rồi." in page.text
    assert staff_commands.open_tip(session, officer.actor, tip_id=tip_id).tip.status == Status.RECEIVED


def test_control_characters_are_refused_beside_the_field(session, officer):
    tip_id = tip_at(session, officer.actor, Status.ACKNOWLEDGED)
    page = officer.post(f"/tips/{tip_id}/reply", text="xin chào\x00")
    assert page.status_code == 422
    assert "field__error" in page.text


def test_a_template_is_not_sent_with_its_blanks(session, officer):
    tip_id = tip_at(session, officer.actor, Status.ACKNOWLEDGED)
    words = "Chúng tôi cần biết thêm: […]."
    page = officer.post(f"/tips/{tip_id}/reply", text=words)
    assert page.status_code == 422
    assert "chưa điền" in page.text
    assert words in page.text, "what was written stays"
    assert officer.post(f"/tips/{tip_id}/decide", outcome="verifying", reason=words).status_code == 422


def test_a_tip_is_given_only_to_somebody_who_can_open_it(session, ward, officer, chief):
    tip_id = tip_at(session, officer.actor, Status.ACKNOWLEDGED)
    newcomer = make.make_staff(session, ward, grant=False)
    assert chief.post(f"/tips/{tip_id}/assign", staff_id=str(newcomer.id)).status_code == 422
    assert chief.post(f"/tips/{tip_id}/assign", staff_id=str(officer.actor.id)).status_code == 302
    assert queries.count_views(session, officer.actor)["mine"] == 1


def test_what_nobody_looks_after_is_a_list_of_its_own(session, ward, officer, chief):
    given, open_one = (tip_at(session, officer.actor, Status.ACKNOWLEDGED) for _ in range(2))
    closed = tip_at(session, officer.actor, Status.VERIFYING)
    chief.post(f"/tips/{given}/assign", staff_id=str(officer.actor.id))
    chief.post(f"/tips/{closed}/decide", outcome="resolved", reason="Đã xong.")
    page = chief.get("/tips?view=unassigned").text
    assert re.findall(r'data-row="([^"]+)"', page) == [str(open_one)]
    assert queries.count_views(session, chief.actor)["unassigned"] == 1
    assert "<h1>Chưa ai nhận</h1>" in page
    chief.post(f"/tips/{given}/assign", staff_id="")
    assert queries.count_views(session, chief.actor)["unassigned"] == 2


def test_several_are_acknowledged_at_once_and_old_ones_left_alone(session, ward, officer):
    new = [str(send_tip(session, ward.code).tip.id) for _ in range(2)]
    old = str(tip_at(session, officer.actor, Status.VERIFYING))
    done = officer.post("/tips/acknowledge", tip_ids=[*new, old, "x"])
    assert done.status_code == 302
    assert "Đã tiếp nhận 2 tin." in officer.get("/tips").text
    assert queries.count_views(session, officer.actor)["to_acknowledge"] == 0


def test_those_on_a_later_page_are_acknowledged_too(session, ward, officer):
    tips = [send_tip(session, ward.code).tip for _ in range(queries.PAGE + 1)]
    officer.post("/tips/acknowledge", tip_ids=[str(tips[-1].id)])
    assert "Đã tiếp nhận 1 tin." in officer.get("/tips").text
    assert queries.count_views(session, officer.actor)["to_acknowledge"] == queries.PAGE


def test_photos_are_shown_only_after_opening_and_kept_by_no_cache(session, ward, officer):
    sent = send_tip(session, ward.code, files=[PhotoFile("IMG_1.jpg", picture())])
    photo = staff_commands.open_tip(session, make.make_staff(session, ward), tip_id=sent.tip.id).content.photos[0]
    address = f"/tips/{sent.tip.id}/photos/{photo.id}"
    assert officer.get(f"{address}/small").status_code == 409
    page = officer.get(f"/tips/{sent.tip.id}").text
    assert f"{address}/small" in page
    assert "IMG_1" not in page
    shown = officer.get(f"{address}/large")
    assert shown.mimetype == "image/jpeg"
    assert shown.headers["Cache-Control"] == "no-store"
    assert officer.get(f"{address}/huge").status_code == 404


def test_the_log_names_the_reader_and_folds_repeated_readings(session, ward, officer, chief):
    tip_id = send_tip(session, ward.code).tip.id
    for _ in range(3):
        officer.get(f"/tips/{tip_id}")
    page = chief.get(f"/tips/{tip_id}").text
    assert re.search(r"mở đọc\s+\(3 lần\)", page)
    assert "Bạn mở đọc" in page


def test_find_by_number(session, ward, officer):
    tip = send_tip(session, ward.code).tip
    assert str(tip.id) in officer.get(f"/tips/find?number={tip.number:04d}").location
    assert officer.follow(officer.get("/tips/find?number=9999")).text.count("Không có tin mang mã này") == 1
    assert officer.get("/tips/find?number=abc").status_code == 302


@pytest.mark.parametrize("query", ["view=x&status=y&category=z&area=q&cursor=w", "cursor=1.2.3", "area=0000"])
def test_nonsense_in_the_address_is_ignored(officer, query):
    assert officer.get(f"/tips?{query}").status_code == 200


def test_pages_follow_each_other_without_gaps(session, ward, officer):
    numbers = {send_tip(session, ward.code).tip.number for _ in range(queries.PAGE + 3)}
    first = officer.get("/tips").text
    following = re.search(r'href="/admin(/tips\?cursor=[^"]+)"', first)[1].replace("&amp;", "&")
    seen = re.findall(r'<td class="code">(\d+)</td>', first + officer.get(following).text)
    assert len(seen) == len(numbers)
    assert {int(number) for number in seen} == numbers
