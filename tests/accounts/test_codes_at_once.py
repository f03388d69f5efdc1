"""Codes under real commits and real threads: a try counts though the request fails, and one of many wins."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from sqlalchemy import func, select

from backend.accounts import commands, errors
from backend.accounts.models import OtpChallenge, Resident, ResidentSession
from backend.db import unit_of_work
from backend.errors import DomainError
from backend.permissions import NOBODY
from tests.accounts.conftest import E164, PHONE, sent

pytestmark = pytest.mark.real_commits
AT_ONCE = 8


def ask():
    with unit_of_work() as session:
        return commands.request_code(session, NOBODY, phone=PHONE, language="vi")


def code():
    with unit_of_work() as session:
        return sent(session)[-1]["code"]


def sign_in(given):
    with unit_of_work() as session:
        return commands.open_session(session, NOBODY, phone=PHONE, code=given).token


def and_then_fail(act):
    """`act` in a request that breaks afterwards."""
    with suppress(ZeroDivisionError), unit_of_work() as session:
        act(session)
        raise ZeroDivisionError


def together(act):
    """What comes of `act`, done by several at the very same time."""
    gate = Barrier(AT_ONCE)

    def one(_):
        gate.wait()
        try:
            return act()
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_of_many_who_use_one_code_one_is_signed_in(real_db):
    ask()
    right = code()
    outcomes = together(lambda: sign_in(right))
    assert outcomes.count("otp_expired") == AT_ONCE - 1
    with unit_of_work() as session:
        assert session.scalar(select(func.count()).select_from(ResidentSession)) == 1
        assert session.scalars(select(Resident.phone)).all() == [E164]


def test_of_many_who_ask_at_once_one_message_is_sent(real_db):
    outcomes = together(ask)
    assert outcomes.count("otp_too_many") == AT_ONCE - 1
    with unit_of_work() as session:
        assert len(sent(session)) == 1


def test_many_wrong_guesses_at_once_are_all_counted(real_db):
    ask()
    guess = f"{(int(code()) + 1) % 10**6:06d}"
    outcomes = together(lambda: sign_in(guess))
    assert outcomes.count("otp_wrong") == 4
    assert outcomes.count("otp_locked") == AT_ONCE - 4


def test_tries_and_used_codes_survive_a_failing_request(real_db):
    ask()
    right = code()
    with pytest.raises(errors.OtpWrong):
        sign_in(f"{(int(right) + 1) % 10**6:06d}")
    with unit_of_work() as session:
        assert session.scalars(select(OtpChallenge)).one().tries == 1
    and_then_fail(lambda session: commands.open_session(session, NOBODY, phone=PHONE, code=right))
    with pytest.raises(errors.OtpExpired):
        sign_in(right)


def test_what_was_asked_counts_though_the_request_fails(real_db):
    and_then_fail(lambda session: commands.request_code(session, NOBODY, phone=PHONE, language="vi"))
    with pytest.raises(errors.OtpTooMany):
        ask()
    assert code()
