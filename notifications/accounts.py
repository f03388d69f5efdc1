"""Residents' accounts: the SMS with a sign-in code, and sessions that are over."""

from datetime import datetime, timedelta

from procrastinate import JobContext

from backend import clock
from backend.accounts import cleanup
from backend.accounts.messages import OtpRequested
from backend.db import unit_of_work
from notifications.sending.app import CLEANUP, app
from notifications.sending.retry import RETRY
from notifications.sending.single import open_arguments, send_sms

CODE_LIFE = timedelta(minutes=5)

_CODE = {
    "vi": "Mã đăng nhập Bình Yên: %s. Có hiệu lực 5 phút. Không đưa mã này cho ai, kể cả người xưng là công an.",
    "en": "Your Binh Yen sign-in code: %s. Valid for 5 minutes. Give it to nobody, even if they say they are police.",
}


def code_text(code: str, language: str) -> str:
    """The SMS with a sign-in code."""
    return _CODE[language] % code


@app.task(name=OtpRequested.task, pass_context=True, retry=RETRY, priority=OtpRequested.priority)
async def otp_requested(context: JobContext, *, sealed: str) -> None:
    """Send a sign-in code by SMS, while it is still worth anything."""
    request = open_arguments("otp-sms", sealed)
    if request is None:
        return
    now = clock.now()
    expires = datetime.fromisoformat(request["expires"]) if request.get("expires") else now + CODE_LIFE
    if expires <= now:
        return
    text = code_text(request["code"], request.get("language", "vi"))
    await send_sms(context, request["phone"], text, expires=expires)


@app.periodic(cron="32 * * * *")
@app.task(name="forget_expired_residents", lock="forget_expired_residents", **CLEANUP)
def forget_expired(timestamp: int) -> None:
    """Forget sessions of residents that are over, and phones that asked for a code a day ago."""
    with unit_of_work() as session:
        cleanup.forget_expired(session)
