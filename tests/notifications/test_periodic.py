"""What is done by the clock: once in all workers, also when there was none at the moment."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from backend import clock, config, jobs
from backend.db import unit_of_work
from backend.tips.messages import TipUpdated
from notifications import worker
from notifications.sending.retry import RETRY
from tests.notifications import facts


def ask(question: str) -> Any:
    with unit_of_work(read_only=True) as session:
        return session.execute(text(question)).scalars().all()


def test_each_moment_is_served_once_by_all_workers_together(real_db: str, pointed: config.Settings) -> None:
    probe = "tests.notifications.every_ten_seconds"
    served = "SELECT \"to\"::bigint FROM outbox_entries WHERE channel = 'probe' ORDER BY created_at"
    with facts.worker_process(also=probe), facts.worker_process(also=probe):
        facts.until(lambda: ask("SELECT count(*) FROM procrastinate_workers") == [2])
        before = len(ask(served))
        facts.until(lambda: len(ask(served)) >= before + 2)

    moments = ask(served)
    assert len(moments) == len(set(moments))


def test_a_worker_makes_up_for_the_hour_in_which_there_was_none(real_db: str, pointed: config.Settings) -> None:
    with unit_of_work() as session:
        jobs.put(session, TipUpdated(sealed_address="no box"))
        session.execute(text("UPDATE procrastinate_jobs SET status = 'failed'"))
        session.execute(text("UPDATE procrastinate_events SET at = :at"), {"at": clock.now() - timedelta(days=2)})
    tasks = {task for task, _ in worker.app_with_tasks().periodic_registry.periodic_tasks}

    with facts.worker_process():
        facts.until(lambda: set(ask("SELECT task_name FROM procrastinate_periodic_defers")) == tasks)
        facts.until(lambda: ask("SELECT id FROM procrastinate_jobs") == [])


def test_what_is_done_by_the_clock_keeps_nobody_waiting_and_runs_once_at_a_time() -> None:
    periodic = {found.task for found in worker.app_with_tasks().periodic_registry.periodic_tasks.values()}
    assert periodic
    for task in periodic:
        assert (task.lock, task.priority, task.retry_strategy) == (task.name, -10, RETRY)
