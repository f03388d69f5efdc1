"""The officer's side: open, acknowledge, answer, close; each reading recorded, each change told."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from backend import audit, clock, crypto
from backend.errors import NotFound, NotPermitted
from backend.permissions import NOBODY, Role
from backend.staff import sign_in
from backend.staff.errors import NoTipAccess
from backend.staff.models import Staff
from backend.tips import commands, queries, staff_commands
from backend.tips.commands import TipDraft
from backend.tips.errors import AssigneeWithoutAccess, TipClosed, TipNotOpened, TipStateConflict
from backend.tips.life import Category, Status
from backend.tips.models import Tip
from backend.tips.queries import QueueFilter
from tests import make
from tests.tips.conftest import TIP

REASON = "Chúng tôi đã nhận và sẽ đến xem tối nay."


@pytest.fixture
def tip(session, receipt) -> Tip:
    return session.scalars(select(Tip)).one()


def test_officer_opens_and_the_reading_is_recorded(session, officer, tip):
    found = staff_commands.open_tip(session, officer, tip_id=tip.id)
    assert found.content.text == TIP["text"]
    entry = session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.action == "tip.read")).one()
    assert entry.actor_id == officer.id
    assert entry.subject_id == str(tip.id)
    assert TIP["text"] not in json.dumps(entry.details)


def test_reporter_sees_status_reason_and_answer(session, officer, tip, receipt, open_it):
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    staff_commands.reply_to_tip(session, officer, tip_id=tip.id, text="Loa thường mở từ mấy giờ?")
    seen = open_it(receipt).json
    assert seen["status"] == "acknowledged"
    status, message = seen["trail"]
    assert (status["kind"], status["reason"], status["from"]) == ("status", REASON, "staff")
    assert (message["kind"], message["text"]) == ("message", "Loa thường mở từ mấy giờ?")
    assert message["office"] == "Phường Ban Mai"
    assert officer.name not in json.dumps(seen, ensure_ascii=False)
    assert seen["deadline"]["kind"] == "verify"


def test_the_whole_life_and_no_step_back(session, officer, chief, tip):
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    staff_commands.verify_tip(session, officer, tip_id=tip.id, reason=REASON)
    with pytest.raises(TipStateConflict):
        staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    with pytest.raises(NotPermitted):
        staff_commands.close_tip(session, officer, tip_id=tip.id, outcome=Status.RESOLVED, reason=REASON)
    staff_commands.close_tip(session, chief, tip_id=tip.id, outcome=Status.RESOLVED, reason=REASON)
    assert tip.closed_at is not None
    with pytest.raises(TipClosed):
        staff_commands.reply_to_tip(session, officer, tip_id=tip.id, text="thêm")
    assert audit.verify(session, make.WARD) is None


@pytest.mark.parametrize("outcome", [Status.RESOLVED, Status.NOT_ENOUGH, Status.REJECTED])
def test_no_outcome_without_verification(session, officer, chief, tip, outcome):
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    with pytest.raises(TipStateConflict), session.begin_nested():
        staff_commands.close_tip(session, chief, tip_id=tip.id, outcome=outcome, reason=REASON)
    assert tip.closed_at is None


def test_what_was_missing_takes_the_tip_up_again(session, officer, chief, tip, api, receipt):
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    staff_commands.verify_tip(session, officer, tip_id=tip.id, reason=REASON)
    staff_commands.close_tip(session, chief, tip_id=tip.id, outcome=Status.NOT_ENOUGH, reason="Chưa rõ ở đâu.")
    body = {"receipt": receipt, "text": "Ở đầu ngõ 12."}
    assert api.post("/tips/messages", json=body, headers={"Idempotency-Key": str(uuid4())}).status_code == 201
    session.refresh(tip)
    assert tip.has_answer
    staff_commands.verify_tip(session, officer, tip_id=tip.id, reason=REASON)
    assert tip.closed_at is None


def test_without_a_grant_nothing_opens(session, ward, tip):
    new = make.make_staff(session, ward, grant=False)
    with pytest.raises(NoTipAccess):
        staff_commands.open_tip(session, new, tip_id=tip.id)
    assert session.scalars(select(audit.AuditEntry)).all() == []


def test_another_ward_is_another_world(session, tip):
    other = make.make_staff(session, make.make_ward(session, "99002", name="Bên Cạnh"))
    with pytest.raises(NotFound):
        staff_commands.open_tip(session, other, tip_id=tip.id)
    assert queries.list_tips(session, other, wanted=QueueFilter()).items == []


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.PROVINCE])
def test_other_roles_never_see_tips(session, ward, tip, role):
    other = make.make_staff(session, ward, role)
    with pytest.raises(NotPermitted):
        staff_commands.open_tip(session, other, tip_id=tip.id)
    with pytest.raises(NotPermitted):
        queries.list_tips(session, other, wanted=QueueFilter())


def test_many_are_acknowledged_each_in_its_reporters_language(session, officer, send, open_it):
    receipts = [send(language=language).json["receipt"] for language in ("vi", "en", "en")]
    broken = session.scalars(select(Tip).order_by(Tip.number.desc())).first()
    broken.content = bytes(len(broken.content))
    ids = session.scalars(select(Tip.id)).all()
    words = {"vi": "Đã nhận.", "en": "Received."}
    assert staff_commands.acknowledge_new_tips(session, officer, tip_ids=ids, reasons=words) == 3
    told = [open_it(receipt).json["trail"][0]["reason"] for receipt in receipts[:2]]
    assert told == ["Đã nhận.", "Received."]
    assert session.scalars(select(audit.AuditEntry.id).where(audit.AuditEntry.action == "tip.read")).all() == []


def signed_in(session, actor):
    """The same person in a session that begins now."""
    token = sign_in.open_session(session, session.get(Staff, actor.id), stage="open", private_key=actor.private_key)
    session.flush()
    return sign_in.staff_by_session(session, token)


def test_photos_need_a_recorded_opening(session, officer, send, shared_data, frozen_clock):
    officer = signed_in(session, officer)
    good = (shared_data / "photos" / "landscape_6.jpg").read_bytes()
    send(photos=[("a.jpg", good)])
    tip = session.scalars(select(Tip).order_by(Tip.number.desc())).first()
    with pytest.raises(TipNotOpened):
        staff_commands.view_photo(session, officer, tip_id=tip.id, photo_id=uuid4(), size="small")
    found = staff_commands.open_tip(session, officer, tip_id=tip.id)
    photo = found.content.photos[0]
    assert staff_commands.view_photo(session, officer, tip_id=tip.id, photo_id=photo.id, size="large").startswith(
        b"\xff\xd8"
    )
    assert photo.width > photo.height  # landscape_6 lies on its side until its EXIF rotation is applied
    frozen_clock.tick(clock.timedelta(minutes=1))
    later = signed_in(session, officer)
    with pytest.raises(TipNotOpened):
        staff_commands.view_photo(session, later, tip_id=tip.id, photo_id=photo.id, size="small")
    staff_commands.open_tip(session, later, tip_id=tip.id)
    assert staff_commands.view_photo(session, later, tip_id=tip.id, photo_id=photo.id, size="small").startswith(
        b"\xff\xd8"
    )


def test_assigning_needs_a_colleague_who_can_open_it(session, ward, officer, chief, tip):
    with pytest.raises(NotPermitted):
        staff_commands.assign_tip(session, officer, tip_id=tip.id, staff_id=officer.id)
    staff_commands.assign_tip(session, chief, tip_id=tip.id, staff_id=officer.id)
    assert tip.assignee_id == officer.id
    without = make.make_staff(session, ward, grant=False)
    with pytest.raises(AssigneeWithoutAccess):
        staff_commands.assign_tip(session, chief, tip_id=tip.id, staff_id=without.id)


def test_queue_by_deadline_with_views_and_counts(session, officer, send, frozen_clock):
    for _ in range(3):
        send()
        frozen_clock.tick(clock.timedelta(hours=2))
    rows = queries.list_tips(session, officer, wanted=QueueFilter()).items
    assert [row.tip.number for row in rows] == [1, 2, 3]
    staff_commands.acknowledge_tip(session, officer, tip_id=rows[0].tip.id, reason=REASON)
    counts = queries.count_views(session, officer)
    assert (counts["open"], counts["to_acknowledge"], counts["status:acknowledged"]) == (3, 2, 1)
    frozen_clock.tick(clock.timedelta(hours=23))
    overdue = queries.list_tips(session, officer, wanted=QueueFilter(view="overdue")).items
    assert [row.tip.number for row in overdue] == [2, 3]


def test_queue_pages_by_keyset(session, officer, send):
    for _ in range(10):
        send()
    seen, cursor = [], None
    while True:
        page = queries.list_tips(session, officer, wanted=QueueFilter(), cursor=cursor, limit=4)
        seen += [row.tip.number for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == list(range(1, 11))
    assert queries.list_tips(session, officer, wanted=QueueFilter(), cursor="rubbish").items


def test_reporter_is_woken_with_a_sealed_address_and_no_fact(session, officer, send, settings_demo):
    token = str(uuid4())
    send(push={"kind": "console", "token": token, "language": "vi"})
    tip = session.scalars(select(Tip)).one()
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    job = session.execute(text("SELECT task_name, args FROM procrastinate_jobs")).one()
    assert job.task_name == "tip_updated"
    assert set(job.args) == {"sealed_address"}
    assert token not in json.dumps(job.args)
    address = json.loads(crypto.open_for_worker("tip-push", job.args["sealed_address"]))
    assert address["address"] == token


def test_an_answer_that_starts_verification_wakes_the_reporter_once(session, officer, send, settings_demo):
    send(push={"kind": "console", "token": str(uuid4()), "language": "vi"})
    tip = session.scalars(select(Tip)).one()
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    staff_commands.reply_and_verify_tip(session, officer, tip_id=tip.id, text="Loa mở từ mấy giờ?", reason=REASON)
    assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 2  # acknowledged; answered and verifying
    trail = staff_commands.open_tip(session, officer, tip_id=tip.id).trail
    assert [(step.kind, step.status) for step in trail[1:]] == [("message", None), ("status", "verifying")]


def test_an_answer_that_cannot_start_verification_is_not_sent(session, officer, tip):
    with pytest.raises(TipStateConflict), session.begin_nested():
        staff_commands.reply_and_verify_tip(session, officer, tip_id=tip.id, text="Loa mở từ mấy giờ?", reason=REASON)
    assert staff_commands.open_tip(session, officer, tip_id=tip.id).trail == []


def test_no_address_no_job(session, officer, tip):
    staff_commands.acknowledge_tip(session, officer, tip_id=tip.id, reason=REASON)
    assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 0


@pytest.mark.parametrize(("phone", "verified"), [("0912 345 678", True), ("+84912345678", True), ("0912345679", False),
                                                 ("024 3825 5555", False)])  # fmt: skip
def test_a_named_reporters_number_is_confirmed_by_their_account_alone(session, officer, phone, verified):
    named = TipDraft(make.WARD, Category.NOISE, "Ồn quá.", name="Bà Nga", phone=phone)
    for reporter, expected in ((make.make_resident(session), verified), (NOBODY, False)):
        sent = commands.send_tip(session, reporter, draft=named)
        assert staff_commands.open_tip(session, officer, tip_id=sent.tip.id).content.identity.verified is expected
