"""Settings: typed, from the environment (prefix BINHYEN_), checked once at start."""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

WEB_PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "notify.windows.com",
    "web.push.apple.com",
)


# the range of a rate limit: a larger one limits nothing, a smaller one lets nobody in
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Secret = Annotated[SecretStr, Field(min_length=32)]


class Settings(BaseSettings):
    """Everything an operator can set. Secrets have no default: a missing one stops the start."""

    model_config = SettingsConfigDict(env_prefix="BINHYEN_", extra="ignore")

    database_url: str = Field(description="PostgreSQL 15 to 18: postgresql+psycopg://user:password@host/name")
    secret_key: SecretStr = Field(min_length=32, description="root of the server's own keys; at least 32 characters")
    receipt_pepper: SecretStr = Field(min_length=32, description="keys the look-up of receipts; never in a backup")
    # secrets of before, the latest first: what they sealed still opens, nothing new is made with them
    former_secret_keys: Annotated[tuple[Secret, ...], NoDecode] = ()
    former_receipt_peppers: Annotated[tuple[Secret, ...], NoDecode] = ()
    # only the old entries of the log are still checked with these
    retired_secret_keys: Annotated[tuple[Secret, ...], NoDecode] = ()
    data_dir: Path = Path(".binhyen")
    storage_dir: Path | None = None
    public_url: str = "http://127.0.0.1:8000"
    demo: bool = False
    testing: bool = False
    default_language: Literal["vi", "en"] = "vi"

    sms_urls: Annotated[tuple[str, ...], NoDecode] = ()
    fcm_credentials: Path | None = None
    fcm_base_url: str = "https://fcm.googleapis.com"
    vapid_private_key: SecretStr | None = None
    vapid_subject: str = "mailto:admin@example.invalid"
    webpush_hosts: Annotated[tuple[str, ...], NoDecode] = WEB_PUSH_HOSTS
    push_loopback: bool = False

    map_tiles_url: str | None = None
    vneid_url: str = "https://vneid.gov.vn"
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    rate_limit_storage: str = "memory://"

    otp_per_phone_hour: Count = 5
    otp_per_network_hour: Count = 30
    tips_per_network_hour: Count = 60
    receipt_tries_per_network_minute: Count = 60
    poll_seconds: int = Field(default=15, ge=1, le=3600)
    session_days: int = Field(default=90, ge=1, le=3650)
    staff_session_minutes: int = Field(default=480, ge=1, le=10_080)
    staff_idle_minutes: int = Field(default=60, ge=1, le=10_080)
    # for wards that have no deadlines of their own (`binhyen wards deadlines`)
    acknowledge_hours: int = Field(default=24, ge=1, le=168)
    verify_days: int = Field(default=20, ge=1, le=90)
    alert_longest_days: int = Field(default=30, ge=1, le=365)

    @field_validator(
        "sms_urls", "webpush_hosts", "former_secret_keys", "former_receipt_peppers", "retired_secret_keys",
        mode="before",
    )  # fmt: skip
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @cached_property
    def secrets(self) -> tuple[bytes, ...]:
        """What the server's keys are made from: the current secret, then the former ones."""
        return _as_bytes(self.secret_key, *self.former_secret_keys)

    @cached_property
    def log_secrets(self) -> tuple[bytes, ...]:
        """The same for the log, with the secrets that nothing else needs any more."""
        return self.secrets + _as_bytes(*self.retired_secret_keys)

    @cached_property
    def peppers(self) -> tuple[bytes, ...]:
        """What receipts are bound to: the current pepper, then the former ones."""
        return _as_bytes(self.receipt_pepper, *self.former_receipt_peppers)

    @property
    def blobs(self) -> Path:
        """The folder of sealed files."""
        return self.storage_dir or self.data_dir / "blobs"


def _as_bytes(*secrets: SecretStr) -> tuple[bytes, ...]:
    return tuple(secret.get_secret_value().encode() for secret in secrets)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process; raises pydantic.ValidationError naming what is missing or wrong."""
    return Settings()


def reset_settings() -> None:
    """Read the environment anew at the next call (tests, and the demo after it has made its keys)."""
    settings.cache_clear()
