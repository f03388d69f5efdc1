"""Forms that no phone of ours would send."""

import json
from io import BytesIO
from uuid import uuid4

import pytest

from mobile_api.shell.strict_json import MAX_JSON_BYTES
from tests.tips.conftest import TIP


@pytest.fixture
def post(api):
    def send(**form):
        headers = {"Idempotency-Key": str(uuid4())}
        return api.post("/tips", data=form, headers=headers, content_type="multipart/form-data")

    return send


def test_words_in_a_file_part_are_bounded_like_any_json(post, officer):
    assert post(tip=(BytesIO(json.dumps(TIP).encode()), "tip.json")).status_code == 201
    bomb = b"[" + b"[]," * (MAX_JSON_BYTES // 3) + b"[]]"
    answer = post(tip=(BytesIO(bomb), "tip.json"))
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")
