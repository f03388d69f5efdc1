"""An open tip's page asks now and then whether there is more; asking reads nothing and keeps nobody signed in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from backend import clock
from backend.audit import AuditEntry
from backend.permissions import NOBODY
from backend.staff.models import StaffSession
from backend.tips import commands as tips
from backend.tips import staff_commands
from tests.admin.facts import send_tip
from tests.questions import check_the_same


@pytest.fixture
def sent(session, ward, officer):
    """An acknowledged tip between two others that wait for an answer too."""
    made = [send_tip(session, ward.code) for _ in range(3)]
    for one in made:
        staff_commands.acknowledge_tip(session, officer.actor, tip_id=one.tip.id, reason="Đã nhận.")
    for neighbour in (made[0], made[2]):
        write(session, neighbour)
    return made[1]


def write(session, sent, text="Loa lại mở rồi."):
    tips.write_message(session, NOBODY, receipt=sent.receipt.text, text=text)
    session.flush()


def ask(seat, tip, seen):
    return seat.get(f"/tips/news?number={tip.number}&seen={seen}")


def test_a_message_of_the_reporter_is_news_once(session, officer, sent):
    seen = sent.tip.entry_count
    assert ask(officer, sent.tip, seen).status_code == 204
    write(session, sent)
    answer = ask(officer, sent.tip, seen)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert ask(officer, sent.tip, seen + 1).status_code == 204


def test_what_a_colleague_has_answered_is_none(session, officer, chief, sent):
    seen = sent.tip.entry_count
    write(session, sent)
    staff_commands.reply_to_tip(session, chief.actor, tip_id=sent.tip.id, text="Chúng tôi đến ngay.")
    assert ask(officer, sent.tip, seen).status_code == 204


def test_asking_is_no_reading(session, officer, sent):
    write(session, sent)
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    assert ask(officer, sent.tip, 0).status_code == 200
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


def test_asking_keeps_no_session_awake(session, officer, sent):
    mine = session.get(StaffSession, officer_session(session, officer))
    mine.last_seen_at = left = clock.now() - timedelta(minutes=10)
    session.flush()
    assert ask(officer, sent.tip, 0).status_code == 204
    session.refresh(mine)
    assert mine.last_seen_at == left


def officer_session(session, officer):
    return session.scalar(select(StaffSession.id).where(StaffSession.staff_id == officer.actor.id))


@pytest.mark.parametrize("query", ["", "number=x&seen=y", "number=999999999999&seen=0", "number=2147483647&seen=0"])
def test_a_question_about_no_tip_has_no_news(officer, sent, query):
    assert officer.get(f"/tips/news?{query}").status_code == 204


def test_the_page_asks_while_more_may_be_written(session, officer, chief, sent):
    path = f"/tips/{sent.tip.id}"
    assert f"/tips/news?number={sent.tip.number}&amp;seen={sent.tip.entry_count}" in officer.get(path).text
    chief.post(f"{path}/decide", outcome="verifying", reason="Đang xem.")
    chief.post(f"{path}/decide", outcome="rejected", reason="Không phải việc này.")
    assert "/tips/news" not in officer.get(path).text


def test_asking_costs_the_same_however_much_was_written(session, ward, officer, sent):
    def grow():
        for _ in range(5):
            write(session, sent)
            write(session, send_tip(session, ward.code))

    def look():
        assert ask(officer, sent.tip, 999).status_code == 204

    check_the_same(look, grow, most=3)
