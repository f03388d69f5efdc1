"""Two at once on one account: browsers that hold one invitation, and a sign-in while somebody resets the account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import monotonic, sleep

import pyotp
import pytest
from sqlalchemy import func, select, text

from backend import db
from backend.db import unit_of_work
from backend.permissions import OPERATOR, Role
from backend.staff import commands as staff
from backend.staff import enrolment, sign_in
from backend.staff import errors as staff_errors
from backend.staff.enums import SessionStage
from backend.staff.models import Staff, StaffSession
from tests import make

PASSWORD = "ngõ nhỏ phố nhỏ nhà tôi ở đó"
OTHERS = "một câu của kẻ khác, cũng dài"


def do(act):
    with unit_of_work() as session:
        return act(session)


@pytest.fixture
def invited(real_db, frozen_clock):
    do(make.make_ward)
    return do(
        lambda s: staff.create_staff(
            s, OPERATOR, username="thao", name="Nguyễn Thảo", role=Role.OFFICER, ward_id=make.WARD
        )
    )


def begin(invited):
    return do(lambda s: enrolment.begin_enrolment(s, username="thao", code=invited.enrolment_code))


def choose(token, password=PASSWORD):
    return do(lambda s: enrolment.choose_password(s, token=token, password=password))


def test_of_browsers_with_one_invitation_one_may_go_on(invited):
    gate = Barrier(4)

    def one(_):
        gate.wait()
        return begin(invited)

    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(one, range(4)))
    assert do(lambda s: s.scalar(select(func.count()).select_from(StaffSession))) == 1
    outcomes = []
    for token in tokens:
        try:
            outcomes.append(bool(choose(token)))
        except staff_errors.EnrolmentOver:
            outcomes.append(False)
    assert sorted(outcomes) == [False] * 3 + [True]


def test_whoever_was_overtaken_is_shown_nothing_and_opens_nothing(invited, frozen_clock):
    """Both sessions exist, however they came to: the account is the one's whose key it keeps."""
    mine = begin(invited)
    thao = do(lambda s: s.scalar(select(Staff).where(Staff.username == "thao")))
    theirs = do(lambda s: sign_in.open_session(s, thao, stage=SessionStage.ENROLLING, private_key=None))
    choose(theirs, OTHERS)
    digits = pyotp.TOTP(choose(mine).secret).at(frozen_clock.at)
    for act in (
        lambda s: enrolment.show_authenticator(s, token=theirs),
        lambda s: enrolment.confirm_authenticator(s, token=theirs, code=digits),
    ):
        with pytest.raises(staff_errors.EnrolmentOver):
            do(act)
    assert do(lambda s: enrolment.confirm_authenticator(s, token=mine, code=digits)).token


@pytest.mark.parametrize("step", ["code", "authenticator"])
def test_a_reset_and_the_last_step_of_the_way_in_never_wait_for_each_other(invited, frozen_clock, step):
    token = begin(invited)
    totp = pyotp.TOTP(choose(token).secret)
    finish = lambda: do(lambda s: enrolment.confirm_authenticator(s, token=token, code=totp.at(frozen_clock.at)))  # noqa: E731
    if step == "code":
        finish()
        frozen_clock.tick(timedelta(minutes=1))
        half = do(lambda s: sign_in.check_password(s, username="thao", password=PASSWORD))
        finish = lambda: do(lambda s: sign_in.check_totp(s, token=half, code=totp.at(frozen_clock.at)))  # noqa: E731
    with ThreadPoolExecutor(1) as pool:
        with unit_of_work() as session:
            session.execute(select(Staff).where(Staff.id == invited.id).with_for_update())
            waiting = pool.submit(finish)
            until_somebody_waits()
            staff.reset_staff(session, OPERATOR, staff_id=invited.id)
        with pytest.raises(staff_errors.SessionOver):
            waiting.result(timeout=20)


def until_somebody_waits():
    """Until another connection waits for a lock of ours."""
    waiters = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    end = monotonic() + 20
    while monotonic() < end:
        with db.engine().connect() as connection:
            if connection.scalar(waiters):
                return
        sleep(0.02)
    raise AssertionError("nobody waits")
