"""The ways out of the machine that this installation has, and which one an address takes."""

from collections.abc import Callable, Mapping, Sequence

from backend.config import Settings
from backend.push import vapid
from backend.push.address import DeviceKind, PushAddress
from backend.push.outbox import OutboxMessage
from notifications.channels.fcm import Fcm
from notifications.channels.outcome import ACCEPTED, Outcome, R, invalid
from notifications.channels.sms import Sms
from notifications.channels.webpush import WebPush
from notifications.render import Push


class Services:
    """Made once for each worker, inside its loop. What is not set up is None; in demo mode it pretends."""

    def __init__(self, *, fcm: Fcm | None, webpush: WebPush | None, sms: Sms, demo: bool) -> None:
        self.fcm = fcm
        self.webpush = webpush
        self.sms = sms
        self.demo = demo

    @classmethod
    def of(cls, settings: Settings) -> "Services":
        """What the settings say. Raises ValueError or OSError where they are wrong."""
        key = vapid.private_key()
        fcm = None
        if settings.fcm_credentials is not None:
            fcm = Fcm(settings.fcm_credentials, base_url=settings.fcm_base_url, loopback=settings.push_loopback)
        webpush = WebPush(key, subject=settings.vapid_subject) if key else None
        return cls(fcm=fcm, webpush=webpush, sms=Sms(settings.sms_urls), demo=settings.demo)

    async def push(
        self, pushes: Mapping[str, Push], recipients: Sequence[R], note: Callable[[R, Outcome], None]
    ) -> None:
        """Send each recipient the push of their language by the way of their address; every one gets an outcome."""
        fcm = [recipient for recipient in recipients if recipient.address.kind in _FCM]
        web = [recipient for recipient in recipients if recipient.address.kind is DeviceKind.WEBPUSH]
        if self.fcm is not None and fcm:
            await self.fcm.send(pushes, fcm, note)
            fcm = []
        if self.webpush is not None and web:
            await self.webpush.send(pushes, web, note)
            web = []
        consoles = [recipient for recipient in recipients if recipient.address.kind is DeviceKind.CONSOLE]
        for recipient in (*fcm, *web, *consoles):
            note(recipient, ACCEPTED if self.demo else invalid("not_set_up"))

    async def text(self, phone: str, words: str) -> Outcome:
        """Send one SMS; the demo without a gateway only shows it."""
        if self.demo and not self.sms.configured:
            return ACCEPTED
        return await self.sms.send(phone, words)

    @property
    def texts(self) -> bool:
        """Whether an SMS leaves this machine, or the demo pretends so. If not, its words are for the console."""
        return self.demo or self.sms.configured

    def close(self) -> None:
        """Cut every connection."""
        for channel in (self.fcm, self.webpush, self.sms):
            if channel is not None:
                channel.close()


_FCM = (DeviceKind.FCM_TOKEN, DeviceKind.FCM_FID)


def shown_push(push: Push, address: PushAddress) -> OutboxMessage:
    """A push as /demo/outbox shows it; the end of the address tells one device from another."""
    return OutboxMessage(
        channel=address.kind.value, to=f"…{address.address[-6:]}", title=push.title, body=push.body, link=push.url
    )
