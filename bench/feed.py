"""A ward's alerts, spread over all wards, against a bare Flask view that serialises a list it has in memory.

100,000 alerts over 3,321 wards; each answer holds 20. The requests come in any order over all wards, and nothing is
warmed up: what the first round pays for reading every ward from the database is part of the figure, and so are the
answers that are read anew because they are too old. The figure is all answers of all rounds against all of bare Flask.
"""

import json
import os
import random
import statistics
import tempfile
from pathlib import Path

from sqlalchemy import text

from backend import db
from bench import load, server

WARDS, ALERTS, ROUNDS, SECONDS, CLIENTS = 3_321, 100_000, 12, 5.0, 4
FILL = """
INSERT INTO provinces (code, name, search_name) VALUES ('99', 'Tỉnh Minh Họa', 'tinh minh hoa');
INSERT INTO wards (code, province_code, name, kind, full_name, search_name, sort_key, active, is_sample)
SELECT lpad(n::text, 5, '0'), '99', 'Ban Mai ' || n, 'phuong', 'Phường Ban Mai ' || n, 'ban mai', lpad(n::text, 5, '0'),
  true, true
FROM generate_series(1, :wards) AS n;
INSERT INTO areas (id, ward_id, code, name, kind, search_name, sort_key)
SELECT gen_random_uuid(), code, 'T' || k, 'Tổ dân phố ' || k, 'to_dan_pho', 'to dan pho ' || k, lpad(k::text, 3, '0')
FROM wards, generate_series(1, 3) AS k;
INSERT INTO alerts (id, ward_id, number, state, message_type, category, kind, urgency, severity, severity_rank,
  certainty, headline, description, instructions, expires, is_drill, content_hash, created_at, updated_at, published_at)
SELECT gen_random_uuid(), lpad((1 + n % :wards)::text, 5, '0'), 1 + n / :wards,
  (ARRAY['published', 'published', 'updated'])[1 + (n / :wards) % 3], 'alert', 'Security', 'scam', 'immediate',
  (ARRAY['extreme', 'severe', 'moderate', 'minor'])[1 + (n / :wards) % 4], (n / :wards) % 4, 'observed',
  jsonb_build_object(
    'vi', 'Giả danh công an, đòi 22.000 đ “cập nhật VNeID” lần ' || n, 'en', 'Fake police call asks 22,000 đ'
  ),
  jsonb_build_object('vi', repeat('Người gọi nói tài khoản sắp bị khóa. ', 12), 'en', NULL),
  '{"vi": ["Tắt máy.", "Không mở liên kết."], "en": null}',
  now() + ((n / :wards) % 40 - 20) * interval '1 day' + interval '1 hour', false, md5(n::text), now(), now(),
  now() - n * interval '1 minute'
FROM generate_series(0, :alerts - 1) AS n;
INSERT INTO alert_areas (alert_id, area_id, ward_id)
SELECT alerts.id, areas.id, alerts.ward_id FROM alerts JOIN areas USING (ward_id) WHERE alerts.number % 3 = 0;
INSERT INTO running_numbers (ward_id, counted, last) SELECT ward_id, 'alerts', max(number) FROM alerts GROUP BY ward_id;
"""


def fill() -> None:
    """100,000 published alerts over all wards."""
    with db.unit_of_work() as session:
        for statement in FILL.strip().rstrip(";").split(";\n"):
            session.execute(text(statement), {"wards": WARDS, "alerts": ALERTS} if ":" in statement else {})
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def requests() -> list[bytes]:
    """One request for each ward, in any order."""
    codes = [f"{number:05d}" for number in range(1, WARDS + 1)]
    random.Random(20260831).shuffle(codes)
    return [load.request("GET", f"/api/v1/alerts?ward={code}") for code in codes]


def main() -> None:
    """Run both sides in turn and tell the figures."""
    with tempfile.TemporaryDirectory(prefix="binhyen-bench-") as folder, server.database():
        fill()
        ready = Path(folder) / "list.json"
        with server.serving("binhyen.wsgi:app", ready="/healthz") as ours:
            status, page = load.once(ours, "GET", "/api/v1/alerts?ward=00001")
            items = json.loads(page)["items"]
            assert status == 200
            assert len(items) == 20, page
            ready.write_text(json.dumps(items))
            os.environ["BENCH_LIST"] = str(ready)
            with server.serving("bench.bare:app", ready="/json") as bare:
                compare(ours, bare, len(page))


def compare(ours: int, bare: int, size: int) -> None:
    """Alternate between the two servers; an answer of ours has `size` bytes."""
    asked, plain = requests(), [load.request("GET", "/list")]
    rounds = []
    for number in range(ROUNDS):
        feed = load.run(ours, asked, clients=CLIENTS, seconds=SECONDS)
        flask = load.run(bare, plain, clients=CLIENTS, seconds=SECONDS)
        rounds.append((feed, flask))
        told = f"feed {feed.per_second:.0f}/s (p95 {feed.percentile(95):.2f} ms), bare {flask.per_second:.0f}/s"
        print(f"round {number + 1}: {told}, {size} bytes")
    feed_rps = sum(feed.per_second for feed, _ in rounds) / ROUNDS
    bare_rps = sum(flask.per_second for _, flask in rounds) / ROUNDS
    cold = rounds[0][0].per_second / rounds[0][1].per_second
    median = statistics.median(feed.per_second / flask.per_second for feed, flask in rounds)
    print(f"first round, everything read from the database: {cold:.2f}; median of the rounds: {median:.2f}")
    ratio = min(feed_rps / bare_rps, median)
    print(f"RESULT feed_vs_bare_flask={ratio:.2f} feed_rps={feed_rps:.0f} bare_rps={bare_rps:.0f}")


if __name__ == "__main__":
    main()
