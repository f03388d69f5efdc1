"""A field that is added later costs one line: what was stored before opens as it did, and approvals hold."""

import json
from base64 import b64decode as data
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from backend import crypto
from backend.alerts.content import COLUMNS, Content, content_hash
from backend.alerts.models import Alert
from backend.errors import Kind
from backend.localized import Localized
from backend.packing import VERSION, ContentTooNew, pack, unpack
from backend.push.address import DeviceKind, PushAddress
from backend.tips import opening, sealed
from backend.tips.models import Tip
from tests.stored.values import AT, ENTRY, KEY, LONG, SHORT, TIP


@dataclass(frozen=True, repr=False)
class Witness:
    name: str
    seen_at: datetime | None = None


@dataclass(frozen=True, repr=False)
class LaterIdentity(sealed.Identity):
    address: str | None = None


@dataclass(frozen=True, repr=False)
class LaterContent(sealed.Content):
    identity: LaterIdentity | None = None
    vehicle: str | None = None
    witnesses: tuple[Witness, ...] = field(default=())


@dataclass(frozen=True, repr=False)
class LaterWords(sealed.Words):
    is_template: bool = False


def test_what_was_sealed_before_takes_the_defaults(values):
    tip = values["tips"]
    raw = crypto.open_box(data(tip["key"]), data(tip["full"]), context=b"content:" + TIP.bytes)
    opened = unpack(LaterContent, raw)
    assert opened.text == unpack(sealed.Content, raw).text
    assert (opened.vehicle, opened.witnesses, opened.identity.address) == (None, (), None)
    entry = sealed.Entry(ENTRY, 1, "status", "staff", "acknowledged")
    words = crypto.open_box(data(tip["key"]), data(tip["words"]), context=entry.context())
    assert unpack(LaterWords, words) == LaterWords("Đã tiếp nhận.", AT)


def test_what_a_later_release_added_is_left_out():
    later = LaterContent(
        "Xe đạp bị mất.", AT, identity=LaterIdentity("Trắng", "113", address="Ngõ 5"), vehicle="29-H1",
        witnesses=(Witness("Nga", AT),),
    )  # fmt: skip
    assert unpack(LaterContent, pack(later)) == later
    box = crypto.seal(KEY, pack(later), context=b"content:" + TIP.bytes)
    assert sealed.unpack_content(KEY, TIP, box) == sealed.Content(
        "Xe đạp bị mất.", AT, identity=sealed.Identity("Trắng", "113")
    )
    address = PushAddress(DeviceKind.FCM_TOKEN, "dAbC:APA91b")
    more = json.loads(pack(address)) | {"tone": "soft"}
    assert unpack(PushAddress, json.dumps(more).encode()) == PushAddress.from_json(more) == address


def test_what_is_sealed_carries_its_version():
    assert json.loads(pack(sealed.Words("Đã tiếp nhận.", AT))) == {
        "v": VERSION, "text": "Đã tiếp nhận.", "at": AT.isoformat()
    }  # fmt: skip


def test_a_newer_version_is_named_and_stops_nobody_else():
    newer = json.dumps({"v": VERSION + 1, "said": "Xe đạp bị mất."}).encode()
    box = crypto.seal(KEY, newer, context=b"content:" + TIP.bytes)
    with pytest.raises(ContentTooNew) as refused:
        sealed.unpack_content(KEY, TIP, box)
    assert (refused.value.kind, refused.value.code) == (Kind.UNAVAILABLE, "content_too_new")
    assert opening.language_of(Tip(id=TIP, content=box), KEY) is None


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"kim cuong", b'{"v": "kim cuong"}', b'{"text": {"kim": "cuong"}, "at": "kim cuong"}']
)
def test_what_is_no_such_shape_is_refused_without_a_word_of_it(raw):
    with pytest.raises(crypto.SealBroken) as refused:
        unpack(sealed.Words, raw)
    assert "kim" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@dataclass(frozen=True)
class InKhmer(Localized):
    km: str | None = None


@dataclass(frozen=True)
class LaterAlert(Content):
    hotline: str | None = None
    is_rehearsed: bool = False
    places: tuple[Localized, ...] = ()
    radius: int = 0


def later(content: Content, **more) -> LaterAlert:
    return LaterAlert(**vars(content), **more)


def hashed(content: Content) -> str:
    return content_hash(content, ward_id="99001", message_type="alert", refers_to=None)


@pytest.mark.parametrize("content", [SHORT, LONG], ids=["short", "long"])
def test_a_later_field_of_an_alert_counts_only_when_it_is_set(content):
    assert hashed(later(content)) == hashed(content)
    changes = {
        "hotline": "113", "is_rehearsed": True, "places": (Localized("Chợ"),), "radius": 200,
    }  # fmt: skip
    hashes = {hashed(later(content, **{name: value})) for name, value in changes.items()}
    hashes.add(hashed(later(content, hotline="114")))
    assert len(hashes | {hashed(content)}) == len(changes) + 2


def test_a_later_language_of_an_alert_counts_only_when_somebody_wrote_it():
    headline = InKhmer(**vars(LONG.headline))
    assert hashed(replace(LONG, headline=headline)) == hashed(LONG)
    assert hashed(replace(LONG, headline=replace(headline, km="x"))) != hashed(LONG)


def test_every_field_of_an_alert_has_its_column():
    assert set(COLUMNS) <= set(Alert.__table__.columns.keys())


def test_a_later_field_must_have_a_default():
    @dataclass(frozen=True, kw_only=True)
    class Demanding(Content):
        hotline: str

    with pytest.raises(TypeError, match="default"):
        hashed(Demanding(**vars(SHORT), hotline="113"))
