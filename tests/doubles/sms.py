"""An SMS gateway on the loopback, spoken to by Apprise's JSON plugin (`json://127.0.0.1:port/sms?:to={phone}`)."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import Literal

from tests.doubles.http import Answer, LoopbackServer, Misbehaviour, Reply, Request


@dataclass(frozen=True)
class Sms:
    to: str
    text: str
    title: str


class SmsDouble(LoopbackServer):
    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.sent: list[Sms] = []
        self.faults: deque[Literal["refuse", "internal", "drop", "hang"]] = deque()

    @property
    def apprise_url(self) -> str:
        """For BINHYEN_SMS_URLS; `{phone}` is filled with the number."""
        return f"json://127.0.0.1:{self.port}/sms?:to={{phone}}"

    def handle(self, request: Request) -> Answer:
        if request.method != "POST" or request.path != "/sms":
            return Reply(404)
        if self.faults:
            fault = self.faults.popleft()
            if fault in ("drop", "hang"):
                return Misbehaviour(fault)
            return Reply(400 if fault == "refuse" else 500, fault.encode())
        body = json.loads(request.body)
        self.sent.append(Sms(str(body.get("to", "")), body["message"], body.get("title", "")))
        return Reply(200, b"{}")
