"""How many questions a phone's requests ask the database, however long the dialogue."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from backend.tips import staff_commands
from backend.tips.models import Tip
from tests.questions import check_the_same


def test_a_receipt_opens_a_long_dialogue_with_as_few_questions(session, officer, send, api, open_it, shared_data):
    photo = (shared_data / "photos" / "landscape_6.jpg").read_bytes()
    receipt = send(photos=[("a.jpg", photo), ("b.jpg", photo)]).json["receipt"]
    tip = session.scalars(select(Tip)).one()

    def grow():
        for number in range(10):
            body = {"receipt": receipt, "text": f"Thêm {number}."}
            assert api.post("/tips/messages", json=body, headers={"Idempotency-Key": str(uuid4())}).status_code == 201
            staff_commands.reply_to_tip(session, officer, tip_id=tip.id, text=f"Đã đọc {number}.")
        session.flush()

    check_the_same(lambda: open_it(receipt), grow, most=4)


@pytest.mark.parametrize("others", [1, 25])
def test_sending_asks_the_same_in_a_busy_ward(send, others):
    check_the_same(lambda: send(), lambda: [send() for _ in range(others)], most=7)
