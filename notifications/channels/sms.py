"""SMS through any gateway that Apprise knows. The settings hold its URL with {phone} where the number goes."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import apprise
import structlog

from notifications.channels.outcome import ACCEPTED, Outcome, invalid, temporary

MAX_AT_ONCE = 8
REPLY_SECONDS = 30.0

# it writes numbers and addresses into its warnings
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
log = structlog.get_logger()


def url_errors(urls: Sequence[str]) -> Iterator[str]:
    """What is wrong with the gateways' addresses, in words that do not repeat the secrets in them."""
    for place, url in enumerate(urls, start=1):
        if "{phone}" not in url:
            yield f"address {place} of BINHYEN_SMS_URLS has no {{phone}}: everything goes to one fixed number"
        if not _gateway().add(url.replace("{phone}", "84900000000")):
            yield f"address {place} of BINHYEN_SMS_URLS is none that Apprise knows"


class Sms:
    """Tries the gateways in their order; the first that takes the message is enough."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = tuple(urls)
        for error in url_errors(self._urls):
            log.warning("sms_url_wrong", reason=error)
        # threads of its own: a gateway that hangs must not hold up what is written to the database
        self._threads = ThreadPoolExecutor(MAX_AT_ONCE, thread_name_prefix="sms")
        self.slots = asyncio.Semaphore(MAX_AT_ONCE)  # hold one while sending many

    @property
    def configured(self) -> bool:
        return bool(self._urls)

    async def send(self, phone: str, text: str) -> Outcome:
        """Send one SMS to `phone` (E.164)."""
        if not self._urls:
            return invalid("no_gateway")
        loop = asyncio.get_running_loop()
        for place, url in enumerate(self._urls, start=1):
            sending = loop.run_in_executor(self._threads, _notify, url, phone, text)
            try:
                taken = await asyncio.wait_for(sending, REPLY_SECONDS)
            except TimeoutError:
                taken = False
            if taken:
                return ACCEPTED
            log.warning("sms_gateway_refused", gateway=place)
        return temporary("gateway")

    def close(self) -> None:
        """End the threads; what is being sent is finished."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _gateway() -> apprise.Apprise:
    return apprise.Apprise(asset=apprise.AppriseAsset(async_mode=False))


def _notify(url: str, phone: str, text: str) -> bool:
    gateway = _gateway()
    if not gateway.add(url.replace("{phone}", quote(phone, safe=""))):
        log.error("sms_url_not_understood")
        return False
    return bool(gateway.notify(body=text, body_format=apprise.NotifyFormat.TEXT))
