"""Two officers at the same moment: real threads, real commits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from backend import audit
from backend.db import unit_of_work
from backend.permissions import NOBODY
from backend.tips import commands, staff_commands
from backend.tips.commands import TipDraft
from backend.tips.life import Category
from tests import make

pytestmark = pytest.mark.real_commits


@pytest.mark.usefixtures("real_db")
def test_many_are_acknowledged_while_a_colleague_opens_them_one_by_one():
    with unit_of_work() as session:
        ward = make.make_ward(session)
        one, other = make.make_staff(session, ward), make.make_staff(session, ward)
    with unit_of_work() as session:
        draft = TipDraft(make.WARD, Category.NOISE, "Ồn quá.")
        ids = [commands.send_tip(session, NOBODY, draft=draft).tip.id for _ in range(30)]
    gate = Barrier(2)

    def acknowledge():
        gate.wait()
        with unit_of_work() as session:
            return staff_commands.acknowledge_new_tips(session, one, tip_ids=ids, reasons={"vi": "Đã nhận."})

    def read():
        gate.wait()
        for tip_id in sorted(ids, reverse=True):
            with unit_of_work() as session:
                staff_commands.open_tip(session, other, tip_id=tip_id)

    with ThreadPoolExecutor(2) as pool:
        acknowledged, reading = pool.submit(acknowledge), pool.submit(read)
        assert acknowledged.result() == len(ids)
        reading.result()
    with unit_of_work(read_only=True) as session:
        assert audit.verify(session, make.WARD) is None
