"""The same Idempotency-Key: one act, one reply, whatever the phone does."""

import threading
from uuid import uuid4

import pytest
from sqlalchemy import select

from backend import clock, db, idempotency
from backend.idempotency import IdempotencyKeyMissing, IdempotencyKeyReused, IdempotentReply

SECRET = "7QK4-M2XR-9TVB-3HNE-C5"


def once(session, key, act, *, fingerprint=b"body", scope="tips"):
    return idempotency.once(session, scope=scope, key=key, fingerprint=fingerprint, act=act)


def test_second_request_gets_the_first_reply(session):
    key, calls = str(uuid4()), []

    def act():
        calls.append(1)
        return {"receipt": SECRET, "n": len(calls)}

    first = once(session, key, act)
    assert once(session, key.upper(), act) == first == {"receipt": SECRET, "n": 1}
    assert once(session, key, act, scope="other")["n"] == 2


def test_other_body_is_refused(session):
    key = str(uuid4())
    once(session, key, dict)
    with pytest.raises(IdempotencyKeyReused):
        once(session, key, dict, fingerprint=b"other body")


@pytest.mark.parametrize("key", [None, "", "1", "x" * 500, "not-a-uuid-\x00"])
def test_malformed_keys_are_refused(session, key):
    with pytest.raises(IdempotencyKeyMissing):
        once(session, key, dict)


def test_stored_reply_is_unreadable_without_the_clients_key(session):
    key = str(uuid4())
    once(session, key, lambda: {"receipt": SECRET})
    row = session.scalars(select(IdempotentReply)).one()
    stored = row.key_hash + row.fingerprint + row.reply
    assert SECRET.encode() not in stored
    assert key.encode() not in stored


def test_failed_act_leaves_the_key_free(real_db):
    key = str(uuid4())
    with pytest.raises(RuntimeError), db.unit_of_work() as session:
        once(session, key, _fail)
    with db.unit_of_work() as session:
        assert once(session, key, lambda: {"n": 1}) == {"n": 1}


def _fail():
    raise RuntimeError("the act failed")


def test_two_at_once_carry_it_out_once(real_db):
    key, calls, replies = str(uuid4()), [], []
    barrier = threading.Barrier(4)

    def send():
        barrier.wait()
        with db.unit_of_work() as session:
            replies.append(once(session, key, lambda: calls.append(1) or {"n": len(calls)}))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [1]
    assert replies == [{"n": 1}] * 4


def test_old_replies_are_forgotten(session, frozen_clock):
    once(session, str(uuid4()), dict)
    frozen_clock.tick(clock.timedelta(days=idempotency.KEPT_DAYS + 1))
    once(session, str(uuid4()), dict)
    assert idempotency.forget_old(session) == 1
    assert len(session.scalars(select(IdempotentReply)).all()) == 1
