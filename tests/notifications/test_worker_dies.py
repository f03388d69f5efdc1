"""A worker that is killed in the middle of a fan-out: nobody is forgotten, and only the unwritten are told twice."""

import signal

import pytest

from backend import config
from backend.db import unit_of_work
from tests.doubles.fcm import FcmDouble
from tests.notifications import facts

pytestmark = pytest.mark.timeout(400)  # whole processes, started twice
DEVICES = 6000


def test_after_kill_9_every_device_is_told_and_only_the_unwritten_ones_twice(
    real_db: str, pointed: config.Settings, fcm: FcmDouble
) -> None:
    fcm.delay = 0.05
    addresses = [facts.fcm_address(number) for number in range(DEVICES)]
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        ids = facts.add_devices(session, ward, addresses)
        alert = facts.publish_alert(session, ward)
    try:
        with facts.worker_process(stalled_after=4.0) as first:
            facts.until(lambda: len(fcm.counts) > DEVICES // 3)
            first.send_signal(signal.SIGKILL)
            first.wait(10)
        assert len(fcm.counts) < DEVICES
        written = {device for device, state in facts.states(alert.id).items() if state == "accepted"}
        with facts.worker_process(stalled_after=4.0):
            facts.until(lambda: list(facts.states(alert.id).values()).count("accepted") == DEVICES)
    finally:
        fcm.delay = 0.0

    assert fcm.counts.keys() == {address.address for address in addresses}
    twice = {address for address, count in fcm.counts.items() if count > 1}
    told = {device: address.address for device, address in zip(ids, addresses, strict=True)}
    assert not twice & {told[device] for device in written}
    assert max(fcm.counts.values()) <= 2
    # whoever was told twice sees one notification: the second takes the place of the first
    assert {accepted.message["android"]["collapse_key"] for accepted in fcm.accepted} == {str(alert.id)}


def test_a_worker_that_loses_the_database_ends_with_an_error(real_db: str, pointed: config.Settings) -> None:
    def connections() -> set[int]:
        return set(ask("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"))

    def ask(question: str, **given: object) -> list[int]:
        with unit_of_work(read_only=True) as session:
            return list(session.scalars(facts.text(question), given))

    ours = connections()
    with facts.worker_process(stalled_after=3.0) as worker:
        facts.until(lambda: ask("SELECT count(*) FROM procrastinate_workers") == [1])

        def has_ended() -> bool:
            theirs = sorted(connections() - ours)
            ask("SELECT pg_terminate_backend(pid)::int FROM unnest(CAST(:pids AS int[])) AS pid", pids=theirs)
            return worker.poll() is not None

        facts.until(has_ended)
        assert worker.returncode == 1


def test_a_worker_that_is_asked_to_stop_finishes_what_it_began(
    real_db: str, pointed: config.Settings, fcm: FcmDouble
) -> None:
    fcm.delay = 0.05
    addresses = [facts.fcm_address(number) for number in range(3000)]
    with unit_of_work() as session:
        ward = facts.make_ward(session)
        facts.add_devices(session, ward, addresses)
        alert = facts.publish_alert(session, ward)
    try:
        with facts.worker_process() as first:
            facts.until(lambda: len(fcm.counts) > 500)
            first.send_signal(signal.SIGTERM)
            assert first.wait(60) == 0
        with facts.worker_process():
            facts.until(lambda: list(facts.states(alert.id).values()).count("accepted") == len(addresses))
    finally:
        fcm.delay = 0.0

    assert fcm.counts == {address.address: 1 for address in addresses}
