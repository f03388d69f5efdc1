"""The FCM client against the double: tokens and installation ids, credentials, the real message's limits."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from backend.push.address import DeviceKind, PushAddress
from notifications.channels.fcm import Fcm, allowed_base_url, encode, outcome_of
from notifications.channels.http1_response import Response
from notifications.channels.outcome import Outcome, Verdict
from notifications.channels.push import Push
from notifications.tips import update_push
from tests.doubles.fcm import Fault, FcmDouble
from tests.doubles.fcm_message import Refused, check_message
from tests.notifications import facts

NOW = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)


def a_push(**changes: Any) -> Push:
    plain = {
        "kind": "alert", "title": "Cháy ở chợ", "body": "Tránh xa.", "url": "/canh-bao/1", "tag": "1", "urgent": True,
        "ttl": timedelta(hours=1), "expires": NOW + timedelta(hours=1), "alert_id": "1",
    }  # fmt: skip
    return Push(**{**plain, **changes})


def send(
    fcm: FcmDouble, tmp_path: Path, addresses: list[PushAddress], *, timeout: float = 30.0, times: int = 1
) -> dict[str, Outcome]:
    """What became of each address after the last of `times` rounds."""
    outcomes: dict[str, Outcome] = {}
    recipients = [SimpleNamespace(address=address) for address in addresses]

    async def run() -> None:
        file = facts.write_credentials(tmp_path, fcm.credentials())
        client = Fcm(file, base_url=fcm.origin, loopback=True, timeout=timeout, connections=64)
        try:
            for _ in range(times):
                pushes = {"vi": a_push(), "en": a_push(title="Fire")}
                await client.send(pushes, recipients, lambda to, out: outcomes.update({to.address.address: out}))
        finally:
            client.close()

    asyncio.run(run())
    return outcomes


def test_a_token_and_an_installation_id_are_never_mixed(fcm: FcmDouble, tmp_path: Path) -> None:
    token = facts.fcm_address()
    installation = PushAddress(DeviceKind.FCM_FID, facts.fid())

    outcomes = send(fcm, tmp_path, [token, installation])

    assert {outcome.verdict for outcome in outcomes.values()} == {Verdict.ACCEPTED}
    assert {(one.kind, one.target) for one in fcm.accepted} == {
        ("token", token.address),
        ("fid", installation.address),
    }


def test_the_service_accounts_own_token_is_fetched_once_and_kept(fcm: FcmDouble, tmp_path: Path) -> None:
    before = fcm.tokens_issued
    send(fcm, tmp_path, [facts.fcm_address(number) for number in range(200)], times=3)
    assert fcm.tokens_issued == before + 1


def test_when_the_token_is_revoked_many_senders_fetch_one_new_one(fcm: FcmDouble, tmp_path: Path) -> None:
    addresses = [facts.fcm_address(number) for number in range(100)]
    for address in addresses:
        fcm.script(address.address, Fault("unauthenticated"))
    before = fcm.tokens_issued

    outcomes = send(fcm, tmp_path, addresses)

    assert {outcome.verdict for outcome in outcomes.values()} == {Verdict.ACCEPTED}
    assert fcm.tokens_issued <= before + 10  # one for the start, and one for each wave of the hundred refusals


def test_a_service_that_hangs_holds_nobody_longer_than_the_limit(fcm: FcmDouble, tmp_path: Path) -> None:
    stuck, fine = facts.fcm_address(1), facts.fcm_address(2)
    fcm.script(stuck.address, Fault("hang"))

    outcomes = send(fcm, tmp_path, [stuck, fine], timeout=3.0)

    assert outcomes[stuck.address] == Outcome(Verdict.TEMPORARY, "timeout")
    assert outcomes[fine.address].verdict is Verdict.ACCEPTED


def test_lines_are_kept_and_nothing_is_pipelined(fcm: FcmDouble, tmp_path: Path) -> None:
    opened = fcm.opened
    send(fcm, tmp_path, [facts.fcm_address(number) for number in range(1000)])
    assert fcm.opened - opened <= 64 + 1
    assert fcm.pipelined == 0


@pytest.mark.parametrize("kind", [DeviceKind.FCM_TOKEN, DeviceKind.FCM_FID])
def test_the_encoded_message_is_one_that_fcm_takes(kind: DeviceKind) -> None:
    address = facts.token() if kind is DeviceKind.FCM_TOKEN else facts.fid()
    body = encode(a_push(title='Kẻ gian nói: "chuyển tiền"\n\\o/'), kind).body(address)
    field, target, message = check_message(body)
    assert (field, target) == ("token" if kind is DeviceKind.FCM_TOKEN else "fid", address)
    assert message["notification"]["title"] == 'Kẻ gian nói: "chuyển tiền"\n\\o/'
    assert message["android"]["ttl"] == "3600s"


def test_an_address_cannot_write_into_the_message() -> None:
    body = encode(update_push("vi", now=NOW), DeviceKind.FCM_TOKEN).body('x","topic":"all')
    assert json.loads(body)["message"]["token"] == 'x","topic":"all'
    with pytest.raises(Refused):
        check_message(body)


@pytest.mark.parametrize(
    "url",
    ["http://fcm.googleapis.com", "https://fcm.googleapis.com.example.org", "https://example.org", "https://127.0.0.1:1",
     "https://user@fcm.googleapis.com", "https://fcm.googleapis.com:8443", "https://fcm.googleapis.com/elsewhere"],
)  # fmt: skip
def test_only_googles_host_is_sent_to(url: str) -> None:
    with pytest.raises(ValueError, match="BINHYEN_FCM_BASE_URL"):
        allowed_base_url(url, loopback=False)


def test_googles_host_and_where_allowed_the_loopback() -> None:
    assert allowed_base_url("https://fcm.googleapis.com/", loopback=False) == "https://fcm.googleapis.com"
    assert allowed_base_url("http://127.0.0.1:99", loopback=True) == "http://127.0.0.1:99"


@pytest.mark.parametrize("body", [b"", b"<html>Not found</html>", b"[]", b'{"error":"x"}', b'{"error":{"status":5}}'])
def test_a_404_that_is_not_fcms_prunes_nobody(body: bytes) -> None:
    assert outcome_of(Response(404, b"HTTP/1.1 404 Not Found", body)).verdict is Verdict.TEMPORARY
