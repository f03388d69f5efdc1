"""Opening a tip with a dialogue of 5 messages by its receipt, 4 clients at once; beside a bare Flask view."""

import json
import statistics
from uuid import uuid4

from bench import load, people, server
from bench.tip import multipart

ROUNDS, SECONDS, CLIENTS, TIPS = 7, 3.0, 4, 200
JSON = {"Content-Type": "application/json"}


def prepare(port: int) -> list[bytes]:
    """Send tips and their messages through the API; the requests that open them."""
    return [_open_request(_send(port)) for _ in range(TIPS)]


def _send(port: int) -> str:
    tip = {"ward_code": people.WARD, "category": "theft", "text": "Xe đạp của cháu tôi bị mất. " * 15}
    body, kind = multipart({"tip": json.dumps(tip)})
    headers = {"Content-Type": kind, "Idempotency-Key": str(uuid4())}
    status, answer = load.once(port, "POST", "/api/v1/tips", body=body, headers=headers)
    assert status == 201, answer
    receipt: str = json.loads(answer)["receipt"]
    for number in range(5):
        words = json.dumps(
            {"receipt": receipt, "text": f"Lời nhắn thứ {number}: " + "tôi nhớ thêm một điều. " * 8}
        ).encode()
        status, answer = load.once(
            port, "POST", "/api/v1/tips/messages", body=words, headers=JSON | {"Idempotency-Key": str(uuid4())}
        )
        assert status == 201, answer
    return receipt


def _open_request(receipt: str) -> bytes:
    return load.request("POST", "/api/v1/tips/open", body=json.dumps({"receipt": receipt}).encode(), headers=JSON)


def main() -> None:
    """Run both sides in turn and tell the medians."""
    with server.database():
        people.make_ward()
        with (
            server.serving("binhyen.wsgi:app", ready="/healthz") as ours,
            server.serving("bench.bare:app", ready="/json") as bare,
        ):
            opens, plain = prepare(ours), load.request("GET", "/json")
            ours_rounds, bare_rounds = [], []
            for number in range(ROUNDS):
                ours_rounds.append(load.run(ours, opens, clients=CLIENTS, seconds=SECONDS))
                bare_rounds.append(load.run(bare, [plain], clients=CLIENTS, seconds=SECONDS))
                print(
                    f"round {number + 1}: {ours_rounds[-1].per_second:.0f}/s, bare {bare_rounds[-1].per_second:.0f}/s"
                )
    p95 = statistics.median(one.percentile(95) for one in ours_rounds)
    ratio = statistics.median(a.per_second / b.per_second for a, b in zip(ours_rounds, bare_rounds, strict=True))
    rate = statistics.median(one.per_second for one in ours_rounds)
    print(f"RESULT receipt_vs_bare_flask={ratio:.3f} receipt_ms_p95={p95:.2f} receipt_per_s={rate:.0f}")


if __name__ == "__main__":
    main()
