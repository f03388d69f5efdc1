"""A sealed tip of 500 characters, durable before 201, one client; beside a bare INSERT and COMMIT."""

import json
import statistics
from uuid import uuid4

from sqlalchemy import text

from backend import db
from bench import load, people, server

ROUNDS, SECONDS = 7, 3.0
WORDS = "Sáng nay khoảng 5 giờ, xe đạp xanh của cháu tôi để ở sân chung nhà C2 bị mất, khóa bị cắt. "


def multipart(fields: dict[str, str]) -> tuple[bytes, str]:
    """A form as a phone sends it: its body and its content type."""
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return ("".join(parts) + f"--{edge}--\r\n").encode(), f"multipart/form-data; boundary={edge}"


def tip_requests(count: int) -> list[bytes]:
    """Tips of 500 characters, each with an Idempotency-Key of its own."""
    return [_tip_request() for _ in range(count)]


def _tip_request() -> bytes:
    tip = {"ward_code": people.WARD, "category": "theft", "text": (WORDS * 10)[:500], "occurred": "today"}
    body, kind = multipart({"tip": json.dumps(tip)})
    headers = {"Content-Type": kind, "Idempotency-Key": str(uuid4())}
    return load.request("POST", "/api/v1/tips", body=body, headers=headers)


def main() -> None:
    """Run both sides in turn and tell the medians."""
    with server.database():
        people.make_ward()
        with db.unit_of_work() as session:
            session.execute(text("CREATE TABLE bare_notes (id bigserial PRIMARY KEY, text text NOT NULL)"))
        with (
            server.serving("binhyen.wsgi:app", ready="/healthz") as ours,
            server.serving("bench.bare:app", ready="/json") as bare,
        ):
            note = json.dumps({"text": (WORDS * 10)[:500]}).encode()
            insert = load.request("POST", "/insert", body=note, headers={"Content-Type": "application/json"})
            load.run(ours, tip_requests(50), clients=1, seconds=0.2, expect=201)
            load.run(bare, [insert], clients=1, seconds=0.2, expect=201)
            tips, inserts = [], []
            for number in range(ROUNDS):
                tips.append(load.run(ours, tip_requests(4000), clients=1, seconds=SECONDS, expect=201).percentile(50))
                inserts.append(load.run(bare, [insert], clients=1, seconds=SECONDS, expect=201).percentile(50))
                print(f"round {number + 1}: tip {tips[-1]:.2f} ms, bare insert {inserts[-1]:.2f} ms")
    ratio = statistics.median(ours_ms / bare_ms for ours_ms, bare_ms in zip(tips, inserts, strict=True))
    print(f"RESULT tip_vs_bare_insert={ratio:.2f} tip_ms_p50={statistics.median(tips):.2f} "
          f"bare_insert_ms_p50={statistics.median(inserts):.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
