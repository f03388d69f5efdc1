"""How many questions the panel's pages ask the database, however much stands on them."""

import pytest

from backend.alerts.cap import State
from backend.permissions import NOBODY, Role
from backend.tips import commands as tips
from backend.tips import staff_commands
from backend.tips.photos import PhotoFile
from backend.tips.sealed import Location
from tests import make
from tests.admin.facts import alert_at, picture, send_tip
from tests.questions import check_the_same, noted


def read(seat, path):
    def open_page():
        page = seat.get(path)
        assert page.status_code == 200, page.text

    return open_page


def fill_queue(session, ward, officer, *, first):
    """Tips in areas of their own, each given to a colleague of its own."""
    chief = make.make_staff(session, ward, Role.CHIEF)
    for number in range(first, first + 12):
        area = make.make_area(session, ward, number)
        tip_id = send_tip(session, ward.code, area_id=area.id).tip.id
        staff_commands.acknowledge_tip(session, officer, tip_id=tip_id, reason="Đã nhận.")
        staff_commands.assign_tip(session, chief, tip_id=tip_id, staff_id=make.make_staff(session, ward).id)
    session.flush()


def test_the_queue(session, ward, officer):
    fill_queue(session, ward, officer.actor, first=1)
    check_the_same(read(officer, "/tips"), lambda: fill_queue(session, ward, officer.actor, first=30), most=8)


def test_an_opened_tip(session, ward, officer, chief):
    files = [PhotoFile(f"{number}.jpg", picture()) for number in range(5)]
    sent = send_tip(session, ward.code, files=files, location=Location(21.02, 105.81))
    staff_commands.acknowledge_tip(session, officer.actor, tip_id=sent.tip.id, reason="Đã nhận.")

    def grow():
        fill_queue(session, ward, officer.actor, first=1)
        for number in range(10):
            tips.write_message(session, NOBODY, receipt=sent.receipt.text, text=f"Thêm {number}.")
            staff_commands.reply_to_tip(session, chief.actor, tip_id=sent.tip.id, text=f"Đã đọc {number}.")
        session.flush()

    check_the_same(read(officer, f"/tips/{sent.tip.id}"), grow, most=16)


@pytest.mark.parametrize("role", [Role.CHIEF, Role.ADMINISTRATOR])
def test_the_list_of_staff(session, ward, sit, role):
    seat = sit(make.make_staff(session, ward if role is Role.CHIEF else None, role))

    def grow():
        for number in range(12):
            make.make_staff(session, ward)
            make.make_staff(session, make.make_ward(session, f"991{number:02}"))

    check_the_same(read(seat, "/staff"), grow, most=6)


def test_the_list_of_wards(session, ward, sit):
    seat = sit(make.make_staff(session, None, Role.ADMINISTRATOR))

    def grow():
        for number in range(12):
            make.make_area(session, make.make_ward(session, f"991{number:02}"), number)

    check_the_same(read(seat, "/wards"), grow, most=4)


def test_the_log(session, ward, chief, officer):
    check_the_same(read(chief, "/log"), lambda: fill_queue(session, ward, officer.actor, first=1), most=5)


def test_what_a_page_fetches_by_itself_asks_nothing_for_the_frame(session, ward, officer, chief):
    alert = alert_at(session, officer.actor, State.PUBLISHED, approver=chief.actor)
    tip = send_tip(session, ward.code).tip
    for fragment, of_the_frame in (
        (f"/alerts/{alert.id}/reach", "tips"),
        (f"/tips/news?number={tip.number}&seen=0", "alerts"),
    ):
        with noted() as asked:
            assert chief.get(fragment).status_code in (200, 204)
        assert not [statement for statement in asked if f"FROM {of_the_frame}" in statement]
    with noted() as asked:
        assert chief.post("/alerts/audience").status_code == 200
    assert not [statement for statement in asked if "FROM tips" in statement or "FROM alerts" in statement]
    with noted() as asked:
        chief.get("/account")
    assert [statement for statement in asked if "FROM tips" in statement], "a page does draw it"
