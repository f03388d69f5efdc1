"""The ways out of the machine that this installation has, and which one an address takes."""

from collections.abc import Callable, Mapping, Sequence

from procrastinate import JobContext

from backend.config import Settings
from backend.push import vapid
from backend.push.address import DeviceKind, PushAddress
from backend.push.outbox import OutboxMessage
from notifications.channels.fcm import Fcm
from notifications.channels.outcome import ACCEPTED, Outcome, R, invalid
from notifications.channels.push import Push
from notifications.channels.sms import Sms
from notifications.channels.webpush import WebPush


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

    @classmethod
    def of_worker(cls, context: JobContext) -> "Services":
        """Those of the worker that carries out the job."""
        services: Services = context.additional_context["services"]
        return services

    async def send_pushes(
        self, pushes: Mapping[str, Push], recipients: Sequence[R], record: Callable[[R, Outcome], None]
    ) -> None:
        """Send each recipient the push of their language by the way of their address; every one gets an outcome."""
        fcm = [recipient for recipient in recipients if recipient.address.kind in _FCM]
        web = [recipient for recipient in recipients if recipient.address.kind is DeviceKind.WEBPUSH]
        if self.fcm is not None and fcm:
            await self.fcm.send(pushes, fcm, record)
            fcm = []
        if self.webpush is not None and web:
            await self.webpush.send(pushes, web, record)
            web = []
        consoles = [recipient for recipient in recipients if recipient.address.kind is DeviceKind.CONSOLE]
        for recipient in (*fcm, *web, *consoles):
            record(recipient, ACCEPTED if self.demo else invalid("not_set_up"))

    async def send_sms(self, phone: str, text: str) -> Outcome:
        """Send one SMS; the demo without a gateway only shows it."""
        if self.demo and not self.sms.configured:
            return ACCEPTED
        return await self.sms.send(phone, text)

    @property
    def sends_sms(self) -> bool:
        """Whether an SMS leaves this machine, or the demo pretends so. If not, its text is for the console."""
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
